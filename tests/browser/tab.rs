//! A tab: what a reader does there, and what is to be seen.

use crate::driver::Driver;
use anyhow::{Context, Result, anyhow, bail};
use serde_json::{Value, json};
use std::fmt;
use std::path::Path;
use std::time::{Duration, Instant};
use thirtyfour::prelude::*;

/// How long what was asked for may take to appear.
const PATIENCE: Duration = Duration::from_secs(10);

pub struct Tab<'a> {
    driver: &'a Driver,
    browser: &'a WebDriver,
}

impl<'a> Tab<'a> {
    pub fn new(driver: &'a Driver, browser: &'a WebDriver) -> Tab<'a> {
        Tab { driver, browser }
    }

    fn now<T, E>(&self, work: impl Future<Output = Result<T, E>>) -> Result<T>
    where
        E: fmt::Display,
    {
        let done = self.driver.runtime.block_on(work);
        done.map_err(|error| {
            let said = error.to_string();
            // What follows is about chromedriver itself.
            let said = said.split("Stacktrace:").next().unwrap_or_default();
            let words: Vec<&str> = said.split_whitespace().collect();
            anyhow!("{}", words.join(" "))
        })
    }

    /// Opens an address, and comes back when all of the page is there.
    pub fn open(&self, address: &str) -> Result<()> {
        self.now(self.browser.goto(address))
            .with_context(|| format!("cannot open {address}"))
    }

    pub fn reload(&self) -> Result<()> {
        self.now(self.browser.refresh())
    }

    /// What the body of an async function returns.
    pub fn run(&self, body: &str) -> Result<Value> {
        self.run_with(body, Vec::new())
    }

    /// The same; the body finds what it is given in `arguments`.
    pub fn run_with(&self, body: &str, arguments: Vec<Value>) -> Result<Value> {
        let script = format!("return (async function () {{ {body}\n}}).apply(null, arguments);");
        let answer = self.now(self.browser.execute(script, arguments))?;
        Ok(answer.json().clone())
    }

    /// Waits until an expression is true; returns what it is. The page may change
    /// to another meanwhile.
    pub fn wait(&self, what: &str, expression: &str) -> Result<Value> {
        let end = Instant::now() + PATIENCE;
        let look = format!(
            "const end = performance.now() + arguments[0];
             while (true) {{
                 const found = await ({expression});
                 if (found || performance.now() > end) return found;
                 await new Promise((next) => setTimeout(next, 10));
             }}"
        );
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let found = self.run_with(&look, vec![json!(left.as_millis() as u64)]);
            match found {
                Ok(Value::Null | Value::Bool(false)) => {}
                Ok(found) => return Ok(found),
                // The script ends with its page; the next page has its own answer.
                Err(error) if !is_about_a_page_that_went(&error) => return Err(error),
                Err(_) => {}
            }
            if Instant::now() >= end {
                bail!(
                    "waited {} s in vain: {what} (`{expression}` is not true)",
                    PATIENCE.as_secs()
                );
            }
        }
    }

    /// Presses keys, where the focus is.
    pub fn press(&self, keys: impl Into<TypingData>) -> Result<()> {
        self.now(self.browser.action_chain().send_keys(keys).perform())
    }

    /// Clicks in the middle of an element that can be seen.
    pub fn click(&self, selector: &str) -> Result<()> {
        let clicked = async { self.browser.find(By::Css(selector)).await?.click().await };
        self.now(clicked)
            .with_context(|| format!("cannot click `{selector}`"))
    }

    /// Moves the pointer over an element.
    pub fn point_at(&self, selector: &str) -> Result<()> {
        let pointed = async {
            let element = self.browser.find(By::Css(selector)).await?;
            element.scroll_into_view().await?;
            let chain = self.browser.action_chain();
            chain.move_to_element_center(&element).perform().await
        };
        self.now(pointed)
            .with_context(|| format!("cannot point at `{selector}`"))
    }

    /// Asks Chromium itself.
    pub fn devtools(&self, method: &str, parameters: Value) -> Result<Value> {
        self.now(self.browser.cdp().send_raw(method, parameters))
            .with_context(|| format!("Chromium does not do {method}"))
    }

    /// Makes the page as wide, in CSS pixels.
    pub fn set_width(&self, width: u32) -> Result<()> {
        let metrics =
            json!({ "width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 600 });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics)
            .map(drop)
    }

    /// What style sheets are told: the medium, and the reader's system.
    pub fn set_media(&self, medium: &str, scheme: &str) -> Result<()> {
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        let media = json!({ "media": medium, "features": features });
        self.devtools("Emulation.setEmulatedMedia", media).map(drop)
    }

    pub fn allow_scripts(&self, allowed: bool) -> Result<()> {
        self.devtools(
            "Emulation.setScriptExecutionDisabled",
            json!({ "value": !allowed }),
        )
        .map(drop)
    }

    /// Lets the page believe that its window is the one in front, as it would
    /// be on a reader's screen.
    pub fn bring_to_front(&self) -> Result<()> {
        let enabled = json!({ "enabled": true });
        self.devtools("Emulation.setFocusEmulationEnabled", enabled)
            .map(drop)
    }

    /// Lets pages of this address read and write the clipboard.
    pub fn allow_clipboard(&self, origin: &str) -> Result<()> {
        let permissions = ["clipboardReadWrite", "clipboardSanitizedWrite"];
        self.devtools(
            "Browser.grantPermissions",
            json!({ "permissions": permissions, "origin": origin }),
        )
        .map(drop)
    }

    /// What the console said since it was last asked.
    pub fn console(&self) -> Result<Vec<String>> {
        let entries = self.now(self.browser.get_log("browser"))?;
        let lines = entries.iter().map(|entry| {
            let start: String = entry.message.chars().take(200).collect();
            format!("{}: {start}", entry.level)
        });
        Ok(lines.collect())
    }

    /// The addresses that were asked for since this was last asked.
    pub fn requests(&self) -> Result<Vec<String>> {
        let entries = self.now(self.browser.get_log("performance"))?;
        let mut addresses = Vec::new();
        for entry in entries {
            let event: Value = serde_json::from_str(&entry.message)?;
            let event = &event["message"];
            if event["method"] == "Network.requestWillBeSent" {
                let address = &event["params"]["request"]["url"];
                addresses.push(address.as_str().unwrap_or_default().to_owned());
            }
        }
        Ok(addresses)
    }

    /// Writes what can be seen into a file.
    pub fn picture(&self, file: &Path) -> Result<()> {
        self.now(self.browser.screenshot(file))
    }
}

/// The texts of a list that a script has made.
pub fn texts(list: &Value) -> Vec<String> {
    let list = list.as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter()
        .filter_map(|text| text.as_str().map(str::to_owned))
        .collect()
}

fn is_about_a_page_that_went(error: &anyhow::Error) -> bool {
    let said = format!("{error:#}");
    ["unloaded", "navigat", "context was destroyed", "detached"]
        .iter()
        .any(|word| said.contains(word))
}
