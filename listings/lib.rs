//! The programs that the book shows live in the folders beside this file, one
//! folder a chapter. Each is an example: `cargo run --example NAME`.
