//! The page for what is not found. A host shows it in the place of any page, in
//! any folder, so its links have to begin at the host.

use crate::page::Page;
use crate::settings::Settings;
use dom_query::Selection;
use mdbook_renderer::RenderContext;

/// Lets the links of the page begin at the site's folder: mdBook's `site-url`,
/// or else the address's path.
///
/// mdBook says that folder in a `<base>`. Under one, a link such as `#content`
/// would lead away from the page, so it goes.
pub fn root_links(page: &Page, context: &RenderContext, settings: &Settings) {
    let base = page.document.select_single("head > base");
    if !base.exists() {
        return;
    }
    let html = context.config.html_config().unwrap_or_default();
    let root = match (html.site_url, &settings.address) {
        (None, Some(address)) => path(address).to_owned(),
        _ => base.attr_or("href", "/").to_string(),
    };
    let root = format!("{}/", root.trim_end_matches('/'));
    base.remove();
    page.document.select("html").set_attr("data-root", &root);
    for name in ["href", "src", "data-search", "data-minisearch"] {
        for element in page.document.select(&format!("[{name}]")).iter() {
            root_link(&element, name, &root);
        }
    }
}

fn root_link(element: &Selection<'_>, name: &str, root: &str) {
    let link = element.attr_or(name, "");
    let is_relative = !link.starts_with(['#', '/']) && !link.contains(':');
    if is_relative {
        element.set_attr(name, &format!("{root}{link}"));
    }
}

/// Of a whole address that ends in a slash.
fn path(address: &str) -> &str {
    let host_and_path = address.split_once("://").map_or("", |(_, rest)| rest);
    host_and_path
        .find('/')
        .map_or("/", |at| &host_and_path[at..])
}
