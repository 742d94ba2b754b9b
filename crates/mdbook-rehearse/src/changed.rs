//! Which lines of a listing are new or changed since another one.

use crate::figure::Shown;
use crate::listing::Listing;
use similar::{Algorithm, DiffTag, capture_diff_slices};

/// For each line of a listing's code, whether the other one lacks it. How far
/// lines are indented does not matter, and empty lines are never changed.
pub fn changed_lines(listing: &Listing, since: &Listing) -> Vec<bool> {
    let trimmed = |listing: &Listing| -> Vec<String> {
        let code = listing.code();
        code.iter().map(|line| line.trim().to_owned()).collect()
    };
    let (old, new) = (trimmed(since), trimmed(listing));
    let mut changed = vec![false; new.len()];
    for operation in capture_diff_slices(Algorithm::Patience, &old, &new) {
        if operation.tag() != DiffTag::Equal {
            changed[operation.new_range()].fill(true);
        }
    }
    for (changed, line) in changed.iter_mut().zip(&new) {
        *changed &= !line.is_empty();
    }
    changed
}

/// How much of what is shown has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    Nothing,
    Some,
    Everything,
}

/// How much of what is shown of a listing has changed since another one;
/// `None` if there is no such excerpt.
pub fn extent(listing: &Listing, shown: Shown<'_>, since: &Listing) -> Option<Extent> {
    let code = match shown {
        Shown::Excerpt(anchor) => listing.excerpt(anchor).ok()?,
        _ => listing.code().iter().map(|line| (true, *line)).collect(),
    };
    let lines = code.iter().zip(changed_lines(listing, since));
    let (marked, plain): (Vec<_>, Vec<_>) = lines
        .filter(|((visible, line), _)| *visible && !line.is_empty())
        .partition(|(_, changed)| *changed);
    Some(match (marked.is_empty(), plain.is_empty()) {
        (true, _) => Extent::Nothing,
        (false, true) => Extent::Everything,
        (false, false) => Extent::Some,
    })
}
