//! A tree of HTML as XML.

use crate::page::escape;
use dom_query::NodeRef;

const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";
const XMLNS: &str = "http://www.w3.org/2000/xmlns/";

/// The nodes in an element, each element with its namespace where that is
/// another than `namespace`. Comments are left out.
pub fn inner(element: &NodeRef<'_>, namespace: &str) -> String {
    let mut xml = String::new();
    for child in element.children() {
        write(&child, namespace, &mut xml);
    }
    xml
}

/// The same of the element itself.
pub fn outer(element: &NodeRef<'_>, namespace: &str) -> String {
    let mut xml = String::new();
    write(element, namespace, &mut xml);
    xml
}

/// Text in which XML allows each character.
pub fn text(text: &str) -> String {
    let is_allowed = |c: &char| !c.is_control() || matches!(c, '\t' | '\n');
    escape(&text.chars().filter(is_allowed).collect::<String>())
}

fn write(node: &NodeRef<'_>, outer: &str, xml: &mut String) {
    if node.is_text() {
        *xml += &text(&node.text());
        return;
    }
    let Some(name) = node.qual_name_ref() else {
        return;
    };
    *xml += &format!("<{}", name.local);
    if &*name.ns != outer {
        *xml += &format!(" xmlns=\"{}\"", name.ns);
    }
    for attribute in node.attrs() {
        let local = &attribute.name.local;
        *xml += &match &*attribute.name.ns {
            XMLNS => continue,
            XLINK => format!(" xmlns:xlink=\"{XLINK}\" xlink:{local}"),
            XML => format!(" xml:{local}"),
            _ if !is_name(local) => continue,
            _ => format!(" {local}"),
        };
        // A line break in an attribute would be read as a space.
        let value = text(&attribute.value).replace('\n', "&#10;");
        *xml += &format!("=\"{value}\"");
    }
    let children = node.children();
    if children.is_empty() && is_void(&name.local) {
        *xml += "/>";
        return;
    }
    *xml += ">";
    for child in children {
        write(&child, &name.ns, xml);
    }
    *xml += &format!("</{}>", name.local);
}

/// HTML lets an attribute's name begin with almost anything, XML does not.
fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':'))
}

/// Whether the element is never written with an end tag. Others always are,
/// since some readers take the XML for HTML.
fn is_void(name: &str) -> bool {
    ["br", "col", "hr", "img", "input", "wbr"].contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::epub::XHTML;
    use dom_query::Document;
    use quick_xml::Reader;
    use quick_xml::events::Event;

    fn xml_of(html: &str) -> String {
        let document = Document::from(html);
        let body = document.select_single("body");
        inner(body.nodes().first().expect("there is a body"), XHTML)
    }

    fn assert_well_formed(xml: &str) {
        let whole = format!("<body>{xml}</body>");
        let mut reader = Reader::from_str(&whole);
        loop {
            match reader.read_event() {
                Ok(Event::Eof) => break,
                Ok(_) => {}
                Err(error) => panic!("{error} in {xml}"),
            }
        }
    }

    #[test]
    fn html_becomes_xml() {
        let cases = [
            ("<p>a<br>b & c < d", "<p>a<br/>b &amp; c &lt; d</p>"),
            ("<p hidden></p>", "<p hidden=\"\"></p>"),
            (
                "<i title='\"1\n2\"'>x</i>",
                "<i title=\"&quot;1&#10;2&quot;\">x</i>",
            ),
            ("a\u{1b}[1mb&nbsp;c<!-- d -->", "a[1mb\u{a0}c"),
            ("<b @click=x :y=1 z=2></b>", "<b z=\"2\"></b>"),
        ];
        for (html, xml) in cases {
            assert_eq!(xml_of(html), xml);
            assert_well_formed(xml);
        }
    }

    #[test]
    fn an_svg_has_its_namespaces() {
        let xml = xml_of(
            "<p><svg viewBox='0 0 1 1'><a xlink:href='#b'><text>c</text></a>\
             <foreignObject><p>d</p></foreignObject></svg>",
        );
        assert_eq!(
            xml,
            "<p><svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\">\
             <a xmlns:xlink=\"http://www.w3.org/1999/xlink\" xlink:href=\"#b\"><text>c</text></a>\
             <foreignObject><p xmlns=\"http://www.w3.org/1999/xhtml\">d</p></foreignObject></svg></p>"
        );
        assert_well_formed(&xml);
    }
}
