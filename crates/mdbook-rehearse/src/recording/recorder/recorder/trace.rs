//! What Tokio tells by tracing: spans of tasks, of their polls and of timers,
//! and the use of wakers.

use super::{MAKING, Making, Spans, What, lock, note, note_briefly};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::fmt::Debug;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{LazyLock, Mutex};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// What a span stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Task,
    Timer,
    /// The polls of a timer.
    TimerPoll(u64),
    /// Anything else within this span.
    Within(Option<u64>),
}

struct Span {
    kind: Kind,
    handles: usize,
}

static SPANS: Spans<Span> = LazyLock::new(Mutex::default);

thread_local! {
    /// The spans that this thread is in, the innermost last.
    static INSIDE: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
    /// What the last poll of a timer gave.
    static IS_READY: Cell<bool> = const { Cell::new(false) };
}

/// To be called once, before the listing's main.
pub fn install() {
    tracing::subscriber::set_global_default(Recorder).expect("it is the first subscriber");
}

/// The task that this thread is polling.
pub fn current_task() -> Option<u64> {
    innermost(Kind::Task)
}

fn innermost(kind: Kind) -> Option<u64> {
    let inside = INSIDE.with_borrow(Vec::clone);
    let spans = lock(&SPANS);
    let is = |id: &u64| spans.get(id).is_some_and(|span| span.kind == kind);
    inside.into_iter().rev().find(is)
}

struct Recorder;

impl Subscriber for Recorder {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        let name = metadata.name();
        let target = metadata.target();
        metadata.is_span() && name.starts_with("runtime.")
            || target == "tokio::task::waker"
            || target.starts_with("runtime::resource::")
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let id = NEXT.fetch_add(1, Ordering::Relaxed);
        let mut fields = Fields::default();
        attributes.record(&mut fields);
        let parent = match attributes.parent() {
            Some(parent) => Some(parent.into_u64()),
            None if attributes.is_contextual() => {
                INSIDE.with_borrow(|inside| inside.last().copied())
            }
            None => None,
        };
        let kind = match attributes.metadata().name() {
            "runtime.spawn" => Kind::Task,
            "runtime.resource" if fields.text("concrete_type") == "Sleep" => Kind::Timer,
            name => {
                let of = parent.and_then(timer_of);
                match of {
                    Some(timer) if name == "runtime.resource.async_op.poll" => {
                        Kind::TimerPoll(timer)
                    }
                    of => Kind::Within(of),
                }
            }
        };
        lock(&SPANS).insert(id, Span { kind, handles: 1 });
        match kind {
            Kind::Task => note(What::Spawn {
                task: id,
                kind: fields.text("kind"),
                runs: match MAKING.get() {
                    Some(Making::Task { runs }) => runs,
                    _ => "",
                },
                file: fields.text("loc.file"),
                line: fields.number("loc.line"),
            }),
            Kind::Timer => note(timer(id, MAKING.get(), &fields)),
            _ => {}
        }
        Id::from_u64(id)
    }

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        match event.metadata().target() {
            "tokio::task::waker" => {
                let task = fields.number("task.id");
                match fields.text("op").as_str() {
                    "waker.clone" => note(What::Clone { task }),
                    "waker.wake" | "waker.wake_by_ref" => note(What::Wake { task }),
                    _ => {}
                }
            }
            "runtime::resource::poll_op" => IS_READY.set(fields.text("is_ready") == "true"),
            "runtime::resource::state_update" => {
                let within = INSIDE.with_borrow(|inside| inside.last().copied());
                if let Some(timer) = within.and_then(timer_of)
                    && fields.0.contains_key("duration")
                {
                    note_briefly(What::Set {
                        timer,
                        millis: fields.number("duration"),
                    });
                }
            }
            _ => {}
        }
    }

    fn enter(&self, id: &Id) {
        let id = id.into_u64();
        INSIDE.with_borrow_mut(|inside| inside.push(id));
        if kind(id) == Some(Kind::Task) {
            note(What::Enter { task: id });
        }
    }

    fn exit(&self, id: &Id) {
        let id = id.into_u64();
        match kind(id) {
            Some(Kind::Task) => note_briefly(What::Exit { task: id }),
            Some(Kind::TimerPoll(timer)) => note(What::Polled {
                timer,
                ready: IS_READY.get(),
            }),
            _ => {}
        }
        INSIDE.with_borrow_mut(|inside| {
            if let Some(at) = inside.iter().rposition(|inner| *inner == id) {
                inside.remove(at);
            }
        });
    }

    fn clone_span(&self, id: &Id) -> Id {
        if let Some(span) = lock(&SPANS).get_mut(&id.into_u64()) {
            span.handles += 1;
        }
        id.clone()
    }

    fn try_close(&self, id: Id) -> bool {
        let id = id.into_u64();
        let kind = {
            let mut spans = lock(&SPANS);
            let Some(span) = spans.get_mut(&id) else {
                return false;
            };
            span.handles -= 1;
            if span.handles > 0 {
                return false;
            }
            spans.remove(&id).map(|span| span.kind)
        };
        if kind == Some(Kind::Timer) {
            note(What::TimerGone { timer: id });
        }
        true
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}
}

fn kind(id: u64) -> Option<Kind> {
    lock(&SPANS).get(&id).map(|span| span.kind)
}

/// The timer that a span is, or lies within.
fn timer_of(id: u64) -> Option<u64> {
    match kind(id)? {
        Kind::Timer => Some(id),
        Kind::TimerPoll(timer) => Some(timer),
        Kind::Within(of) => of,
        Kind::Task => None,
    }
}

fn timer(timer: u64, making: Option<Making>, fields: &Fields) -> What {
    match making {
        Some(Making::Timer {
            kind,
            duration,
            place,
        }) => What::Timer {
            timer,
            kind,
            file: place.file().to_owned(),
            line: place.line().into(),
            for_: Some(duration),
        },
        _ => What::Timer {
            timer,
            kind: "timer",
            file: fields.text("loc.file"),
            line: fields.number("loc.line"),
            for_: None,
        },
    }
}

/// The fields of a span or event, as text.
#[derive(Default)]
struct Fields(HashMap<&'static str, String>);

impl Fields {
    fn text(&self, name: &str) -> String {
        self.0.get(name).cloned().unwrap_or_default()
    }

    fn number(&self, name: &str) -> u64 {
        self.text(name).parse().unwrap_or_default()
    }
}

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }
}
