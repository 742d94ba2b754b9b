//! The commands of a transcript.

use crate::transcript::{Mistake, Step};

/// What a command does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// `NAME=value cargo run --example name -- args`
    Example {
        name: String,
        release: bool,
        args: Vec<String>,
        env: Vec<(String, String)>,
    },
    /// `curl args`
    Curl { args: Vec<String> },
    /// `kill -INT %1`: Ctrl-C for the job that was started as the first in
    /// the background. Jobs count from 1.
    Interrupt { job: usize },
}

/// Reads what stands after `$ ` on a line.
///
/// # Errors
/// If it is not a command that can be replayed.
pub fn parse(line: usize, command: &str) -> Result<Step, Mistake> {
    let typed = command.trim_end().to_owned();
    let (text, background) = match typed.strip_suffix(" &") {
        Some(text) => (text, true),
        None => (typed.as_str(), false),
    };
    let words = shlex::split(text).ok_or_else(|| {
        Mistake::new(
            line,
            "a command whose quotes do not close",
            "close them, as a shell would need it",
        )
    })?;
    let action = parse_action(words).ok_or_else(|| {
        Mistake::new(
            line,
            format!("a command that cannot be replayed: `{text}`"),
            "use `cargo run [--release] --example name [-- arguments]`, `curl …` or `kill -INT %1`",
        )
    })?;
    Ok(Step {
        line,
        typed: typed.clone(),
        action,
        background,
        about: None,
        status: 0,
        sections: Vec::new(),
    })
}

fn parse_action(words: Vec<String>) -> Option<Action> {
    let assignments = words
        .iter()
        .take_while(|word| {
            word.split_once('=')
                .is_some_and(|(key, _)| is_variable(key))
        })
        .count();
    let env = words[..assignments]
        .iter()
        .filter_map(|word| word.split_once('='))
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect::<Vec<_>>();
    let rest: Vec<&str> = words[assignments..].iter().map(String::as_str).collect();
    match rest[..] {
        ["curl", ref args @ ..] if env.is_empty() => Some(Action::Curl {
            args: args.iter().map(|&arg| arg.to_owned()).collect(),
        }),
        ["kill", "-INT", job] if env.is_empty() => {
            let job = job.strip_prefix('%')?.parse().ok()?;
            Some(Action::Interrupt { job })
        }
        ["cargo", "run", ref options @ ..] => {
            let (release, options) = match options {
                ["--release", rest @ ..] => (true, rest),
                rest => (false, rest),
            };
            let (name, args) = match options {
                ["--example", name] => (name, &[][..]),
                ["--example", name, "--", args @ ..] => (name, args),
                _ => return None,
            };
            Some(Action::Example {
                name: (*name).to_owned(),
                release,
                args: args.iter().map(|&arg| arg.to_owned()).collect(),
                env,
            })
        }
        _ => None,
    }
}

fn is_variable(name: &str) -> bool {
    !name.is_empty()
        && name
            .chars()
            .all(|c| c == '_' || c.is_ascii_uppercase() || c.is_ascii_digit())
}
