//! What the steps of a long piece of work take: time, the longest task of the page's thread, memory.

use std::time::Instant;

use crate::{memory::Memory, page::Page};

/// What the steps took, as a table.
pub(crate) struct Steps {
    pub(crate) rows: Vec<String>,
    memory: Memory,
    pub(crate) began: Instant,
    pub(crate) clock_ms: f64,
}

impl Steps {
    pub(crate) async fn begin(page: &Page) -> Self {
        let memory = Memory::of(&page.browser);
        Self { rows: Vec::new(), memory, began: Instant::now(), clock_ms: page.clock_ms().await }
    }

    /// Another step begins.
    pub(crate) async fn next(&mut self, page: &Page) {
        (self.began, self.clock_ms) = (Instant::now(), page.clock_ms().await);
        self.memory.most();
    }

    /// Writes down what the step has taken so far; the longest task of the page's thread in it, milliseconds.
    pub(crate) async fn row(&mut self, page: &Page, what: &str) -> f64 {
        let (seconds, held) = (self.began.elapsed().as_secs_f64(), self.memory.most());
        let longest = page.long_tasks(self.clock_ms).await.into_iter().map(|(_, ms)| ms).fold(0.0, f64::max);
        let [page_mb, rest_mb] = [held.page, held.rest].map(|kilobytes| kilobytes / 1024);
        let row = format!("  {what:<46} {seconds:>8.1} s {longest:>7.0} ms {page_mb:>6} MiB {rest_mb:>6} MiB");
        println!("{row}");
        self.rows.push(row);
        longest
    }
}
