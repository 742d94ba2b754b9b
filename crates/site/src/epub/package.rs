//! What an EPUB says of itself.

use super::{Item, xml};
use crate::downloads::Edition;
use uuid::Uuid;

/// In the archive; the package document and all that it names are in it.
pub const FOLDER: &str = "EPUB";

pub const CONTAINER: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
     <container xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\" version=\"1.0\">\n\
     <rootfiles><rootfile full-path=\"EPUB/package.opf\" media-type=\"application/oebps-package+xml\"/></rootfiles>\n\
     </container>\n";

/// Of the identifiers that this renderer makes.
const NAMESPACE: Uuid = Uuid::from_u128(0x7e26_4b0c_3d0e_4f5b_9d2a_61c7_0f1e_a853);

/// The same for all editions of a book, so that a reader's library knows a new
/// one for what it is.
pub fn identifier(edition: &Edition<'_>) -> String {
    Uuid::new_v5(&NAMESPACE, edition.title.as_bytes())
        .urn()
        .to_string()
}

/// The package document.
pub fn document(edition: &Edition<'_>, items: &[Item]) -> String {
    let manifest = items.iter().enumerate().map(|(number, item)| {
        let properties = match item.properties.as_str() {
            "" => String::new(),
            properties => format!(" properties=\"{properties}\""),
        };
        format!(
            "<item id=\"{}\" href=\"{}\" media-type=\"{}\"{properties}/>\n",
            id(number, item),
            xml::text(&item.path),
            item.media_type
        )
    });
    let spine = items.iter().enumerate().filter(|(_, item)| item.in_spine);
    let spine = spine.map(|(number, item)| format!("<itemref idref=\"{}\"/>\n", id(number, item)));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"book\" xml:lang=\"{}\">\n\
         <metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n{}</metadata>\n\
         <manifest>\n{}</manifest>\n<spine toc=\"ncx\">\n{}</spine>\n</package>\n",
        xml::text(edition.language),
        metadata(edition),
        manifest.collect::<String>(),
        spine.collect::<String>()
    )
}

fn id(number: usize, item: &Item) -> String {
    match item.path.as_str() {
        "toc.ncx" => "ncx".to_owned(),
        _ => format!("item-{number}"),
    }
}

fn metadata(edition: &Edition<'_>) -> String {
    let time = humantime::format_rfc3339_seconds(edition.time());
    let mut metadata = format!(
        "<dc:identifier id=\"book\">{}</dc:identifier>\n\
         <meta property=\"dcterms:modified\">{time}</meta>\n",
        identifier(edition)
    );
    let mut add = |name: &str, text: &str| {
        if !text.is_empty() {
            metadata += &format!("<dc:{name}>{}</dc:{name}>\n", xml::text(text));
        }
    };
    add("title", edition.title);
    add("language", edition.language);
    add("description", edition.description);
    for author in edition.authors {
        add("creator", author);
    }
    add("source", edition.address.unwrap_or_default());
    if edition.made.is_some() {
        add("date", &time.to_string());
    }
    let access = [
        ("accessMode", "textual"),
        ("accessMode", "visual"),
        ("accessModeSufficient", "textual"),
        ("accessibilityFeature", "alternativeText"),
        ("accessibilityFeature", "displayTransformability"),
        ("accessibilityFeature", "readingOrder"),
        ("accessibilityFeature", "structuralNavigation"),
        ("accessibilityFeature", "tableOfContents"),
        ("accessibilityHazard", "none"),
    ];
    for (property, value) in access {
        metadata += &format!("<meta property=\"schema:{property}\">{value}</meta>\n");
    }
    metadata + "<meta name=\"cover\" content=\"item-0\"/>\n"
}
