//! The renderer as the command that `book.toml` names.

use anyhow::Result;
use mdbook_renderer::{RenderContext, Renderer};

fn main() -> Result<()> {
    let context = RenderContext::from_json(std::io::stdin())?;
    site::Site { downloads: true }.render(&context)
}
