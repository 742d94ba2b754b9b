//! A page, read once, for the checks that need no browser.

use dom_query::{Document, NodeRef};

pub struct Page {
    /// From the site's root: `composing.html`.
    pub name: String,
    /// What the parser had to put right.
    pub errors: Vec<String>,
    pub elements: Vec<Element>,
}

pub struct Element {
    pub name: String,
    attributes: Vec<(String, String)>,
    /// Of titles and headings; others have none.
    pub text: String,
    pub is_in_main: bool,
}

impl Page {
    pub fn read(name: &str, html: &str) -> Page {
        let document = Document::from(html);
        let root = document.root();
        let nodes = root.descendants_it();
        let elements = nodes
            .filter(|node| node.is_element())
            .map(|node| Element::of(&node));
        let elements = elements.collect();
        let mut errors: Vec<String> = document
            .errors
            .borrow()
            .iter()
            .map(ToString::to_string)
            .collect();
        errors.dedup();
        Page {
            name: name.to_owned(),
            errors,
            elements,
        }
    }

    /// The elements of this name that have an attribute of this value.
    pub fn find(&self, name: &str, attribute: &str, value: &str) -> Option<&Element> {
        self.elements
            .iter()
            .find(|element| element.name == name && element.get(attribute) == Some(value))
    }

    pub fn has_class(&self, class: &str) -> bool {
        self.elements.iter().any(|element| {
            let classes = element.get("class").unwrap_or_default();
            classes.split_whitespace().any(|each| each == class)
        })
    }

    /// What is in the title bar.
    pub fn title(&self) -> &str {
        let title = self.elements.iter().find(|element| element.name == "title");
        title.map_or("", |title| &title.text)
    }
}

impl Element {
    fn of(node: &NodeRef<'_>) -> Element {
        let name = node.node_name().unwrap_or_default().to_string();
        let has_text = matches!(&*name, "title" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
        let attributes = node.attrs().into_iter().map(|attribute| {
            let name = attribute.name.local.to_string();
            (name, attribute.value.to_string())
        });
        Element {
            attributes: attributes.collect(),
            text: match has_text {
                true => node.text().trim().to_owned(),
                false => String::new(),
            },
            is_in_main: node.ancestors_it(None).any(|above| above.has_name("main")),
            name,
        }
    }

    pub fn get(&self, attribute: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        let found = attributes.find(|(name, _)| name == attribute);
        found.map(|(_, value)| value.as_str())
    }

    pub fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        let attributes = self.attributes.iter();
        attributes.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Of a heading: from 1 to 6.
    pub fn level(&self) -> Option<u32> {
        let level = self.name.strip_prefix('h')?;
        level.parse().ok()
    }
}
