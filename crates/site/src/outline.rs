//! The book's parts and chapters, in reading order.

use mdbook_renderer::book::{Book, BookItem};

/// A page of the book.
#[derive(Debug, Clone)]
pub struct Chapter {
    /// Such as `6`; none for the introduction and the back matter.
    pub number: Option<String>,
    pub name: String,
    /// The page, from the site's root: `composing.html`.
    pub file: String,
}

/// What stands one after another in the table of contents.
#[derive(Debug, Clone)]
pub enum Entry {
    Part(String),
    Chapter(Chapter),
    Separator,
}

#[derive(Debug, Clone)]
pub struct Outline {
    pub entries: Vec<Entry>,
}

impl Outline {
    pub fn of(book: &Book) -> Outline {
        let entries = book.iter().filter_map(|item| match item {
            BookItem::Separator => Some(Entry::Separator),
            BookItem::PartTitle(title) => Some(Entry::Part(title.clone())),
            BookItem::Chapter(chapter) => {
                let path = chapter.path.as_ref()?.with_extension("html");
                let number = chapter.number.as_ref().map(ToString::to_string);
                Some(Entry::Chapter(Chapter {
                    number: number.map(|number| number.trim_end_matches('.').to_owned()),
                    name: chapter.name.clone(),
                    file: path.to_string_lossy().replace('\\', "/"),
                }))
            }
        });
        Outline {
            entries: entries.collect(),
        }
    }

    pub fn chapters(&self) -> impl Iterator<Item = &Chapter> {
        self.entries.iter().filter_map(|entry| match entry {
            Entry::Chapter(chapter) => Some(chapter),
            _ => None,
        })
    }

    /// The pages' files.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.chapters().map(|chapter| chapter.file.as_str())
    }

    pub fn chapter(&self, file: &str) -> Option<&Chapter> {
        self.chapters().find(|chapter| chapter.file == file)
    }
}
