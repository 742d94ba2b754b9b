//! Debian's Chromium, driven through chromedriver.

use crate::tab::Tab;
use anyhow::{Context, Result, bail, ensure};
use serde_json::json;
use std::env;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tempfile::TempDir;
use thirtyfour::error::WebDriverResult;
use thirtyfour::{ChromeCapabilities, ChromiumLikeCapabilities, LoggingPrefsLogLevel, WebDriver};
use tokio::runtime::Runtime;

/// What a script may take before it counts as one that does not end.
const SCRIPT_LIMIT: Duration = Duration::from_secs(60);

/// Set where the browser tests must run: without a browser they fail.
const REQUIRED: &str = "BOOK_BROWSER_TESTS";

const FLAGS: [&str; 12] = [
    "--headless",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--hide-scrollbars",
    "--no-first-run",
    "--window-size=1280,800",
    // Each has a process of its own; none is put off because another is in front.
    "--disable-renderer-backgrounding",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

/// What this machine lacks, and how to get it; `None` if all is there.
pub fn missing() -> Option<String> {
    let missing: Vec<&str> = [("chromium", browser()), ("chromium-driver", chromedriver())]
        .into_iter()
        .filter(|(_, found)| found.is_none())
        .map(|(package, _)| package)
        .collect();
    (!missing.is_empty()).then(|| {
        format!(
            "there is no {} on this machine; on Debian: apt-get install {}",
            missing.join(" and no "),
            missing.join(" ")
        )
    })
}

/// Whether a missing browser is a failure.
pub fn is_required() -> bool {
    env::var_os(REQUIRED).is_some_and(|value| value == "required")
}

fn browser() -> Option<PathBuf> {
    ["chromium", "chromium-browser", "google-chrome"]
        .iter()
        .find_map(|name| in_path(name))
}

fn chromedriver() -> Option<PathBuf> {
    in_path("chromedriver")
}

fn in_path(name: &str) -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    env::split_paths(&folders)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}

/// Browsers that wait for work, and what drives them; dropping it ends them all.
pub struct Driver {
    idle: Mutex<Vec<WebDriver>>,
    address: String,
    pub runtime: Runtime,
    chromedriver: Child,
    /// It would be ended by a full pipe.
    _words: BufReader<ChildStdout>,
    profiles: TempDir,
}

impl Driver {
    /// Starts chromedriver, on a port that is free.
    ///
    /// # Errors
    /// If it cannot be started, or says no port.
    pub fn start() -> Result<Driver> {
        if let Some(missing) = missing() {
            bail!("{missing}");
        }
        let program = chromedriver().context("there is no chromedriver")?;
        let mut chromedriver = Command::new(program)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("cannot start chromedriver")?;
        let stdout = chromedriver.stdout.take().expect("its output is piped");
        let mut words = BufReader::new(stdout);
        let mut said = String::new();
        let port = loop {
            let start = said.len();
            ensure!(
                words.read_line(&mut said)? > 0,
                "chromedriver names no port; it says: {said}"
            );
            let port = said[start..].trim_end().trim_end_matches('.');
            let port = port
                .rsplit_once(" successfully on port ")
                .map(|(_, port)| port);
            if let Some(port) = port.and_then(|port| port.parse::<u16>().ok()) {
                break port;
            }
        };
        Ok(Driver {
            idle: Mutex::default(),
            address: format!("http://127.0.0.1:{port}"),
            runtime: Runtime::new()?,
            chromedriver,
            _words: words,
            profiles: tempfile::tempdir()?,
        })
    }

    /// Works in a tab that has neither a past nor anything in store of these
    /// origins.
    ///
    /// # Errors
    /// If there is no browser, or the work fails.
    pub fn with_tab<T>(&self, origins: &[&str], work: impl FnOnce(&Tab) -> Result<T>) -> Result<T> {
        let idle = self.idle().pop();
        let browser = match idle {
            Some(browser) => browser,
            None => self.runtime.block_on(self.open())?,
        };
        let done = work(&Tab::new(self, &browser));
        self.runtime.block_on(forget(&browser, origins))?;
        self.idle().push(browser);
        done
    }

    async fn open(&self) -> Result<WebDriver> {
        let mut wanted = ChromeCapabilities::new();
        let browser = browser().context("there is no Chromium")?;
        wanted.set_binary(&browser.to_string_lossy())?;
        for flag in FLAGS {
            wanted.add_arg(flag)?;
        }
        // Chromium's sandbox is not for root, which one is in a container.
        if std::fs::metadata("/proc/self")?.uid() == 0 {
            wanted.add_arg("--no-sandbox")?;
        }
        let profile = tempfile::tempdir_in(self.profiles.path())?.keep();
        wanted.add_arg(&format!("--user-data-dir={}", profile.display()))?;
        for log in ["browser", "performance"] {
            wanted.set_logging_prefs(log, LoggingPrefsLogLevel::All)?;
        }
        let browser = WebDriver::new(&self.address, wanted)
            .await
            .context("chromedriver cannot start Chromium")?;
        browser.set_script_timeout(SCRIPT_LIMIT).await?;
        forget(&browser, &[]).await?;
        Ok(browser)
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<WebDriver>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Leaves a new tab, and nothing of what was in the others.
async fn forget(browser: &WebDriver, origins: &[&str]) -> WebDriverResult<()> {
    let old = browser.windows().await?;
    let new = browser.new_tab().await?;
    for window in old {
        browser.switch_to_window(window).await?;
        browser.close_window().await?;
    }
    browser.switch_to_window(new).await?;
    let devtools = browser.cdp();
    for origin in origins {
        let data = json!({ "origin": origin, "storageTypes": "all" });
        devtools
            .send_raw("Storage.clearDataForOrigin", data)
            .await?;
    }
    for done in ["Network.clearBrowserCache", "Browser.resetPermissions"] {
        devtools.send_raw(done, ()).await?;
    }
    // What the old tabs said.
    for log in ["browser", "performance"] {
        browser.get_log(log).await?;
    }
    Ok(())
}

impl Drop for Driver {
    fn drop(&mut self) {
        let browsers = std::mem::take(&mut *self.idle());
        for browser in browsers {
            if let Err(error) = self.runtime.block_on(browser.quit()) {
                eprintln!("Chromium does not end: {error}");
            }
        }
        let ended = self.chromedriver.kill();
        if let Err(error) = ended.and_then(|()| self.chromedriver.wait().map(drop)) {
            eprintln!("chromedriver does not end: {error}");
        }
    }
}
