//! What page and workers asked of the network, counted.

use crate::web::Asked;

/// Addresses that are listed; the count goes on.
const MOST_LISTED: usize = 50;

/// The requests so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Requests {
    loading: usize,
    since: usize,
    listed: Vec<String>,
}

impl Requests {
    /// Takes in what the browser recorded.
    pub fn take(&mut self, asked: Vec<Asked>) {
        for Asked { address, loading } in asked {
            if loading {
                self.loading += 1;
            } else {
                self.since += 1;
                if self.listed.len() < MOST_LISTED {
                    self.listed.push(address);
                }
            }
        }
    }

    /// How many were parts of the app on their way.
    pub fn loading(&self) -> usize {
        self.loading
    }

    /// How many there were since the page was ready.
    pub fn since(&self) -> usize {
        self.since
    }

    /// Where those went, in order, the first ones.
    pub fn listed(&self) -> &[String] {
        &self.listed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_the_app_are_counted_apart_and_the_list_ends_before_the_count() {
        let mut requests = Requests::default();
        requests.take(vec![
            Asked { address: "http://here/worker.js".to_owned(), loading: true },
            Asked { address: "http://elsewhere/told".to_owned(), loading: false },
        ]);
        assert_eq!((requests.loading(), requests.since()), (1, 1));
        assert_eq!(requests.listed(), ["http://elsewhere/told"]);
        let many = (0..100).map(|at| Asked { address: format!("http://elsewhere/{at}"), loading: false });
        requests.take(many.collect());
        assert_eq!((requests.since(), requests.listed().len()), (101, MOST_LISTED));
    }
}
