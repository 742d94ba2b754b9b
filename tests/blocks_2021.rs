//! Every Rust block of every page, compiled and run by skeptic in edition
//! 2021. The build script made the tests.

include!(concat!(env!("OUT_DIR"), "/skeptic-tests.rs"));
