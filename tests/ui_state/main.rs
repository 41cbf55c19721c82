//! The page's state is fed events, as the engine would send them, and asked what the page would show.

mod answers;
mod engine;
mod examined;
mod facts;
mod gaze;
mod heads;
mod in_sight;
mod keys;
mod learning;
mod live;
mod photos;
mod progress;
mod projects;
mod support;
mod training;
