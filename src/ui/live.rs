//! Values and parts of the page that follow the state.
//!
//! Leptos makes its effect code anew for every closure and every type in a view. Here closures are boxed, so that it is made
//! once for each type of value.

use leptos::prelude::*;

/// A value that follows the state, for attributes and text.
pub(super) fn live<T: Send + Sync + 'static>(value: impl Fn() -> T + Send + Sync + 'static) -> Signal<T> {
    let value: Box<dyn Fn() -> T + Send + Sync> = Box::new(value);
    Signal::derive(value)
}

/// A value that follows the state and tells only when it is another one.
pub(super) fn memo<T: PartialEq + Send + Sync + 'static>(value: impl Fn() -> T + Send + Sync + 'static) -> Memo<T> {
    let value: Box<dyn Fn() -> T + Send + Sync> = Box::new(value);
    Memo::new(move |_| value())
}

/// A part of the page that is drawn anew whenever the state that it reads changes.
pub(super) fn part<V: IntoView + 'static>(view: impl Fn() -> V + Send + Sync + 'static) -> impl IntoView {
    let view: Box<dyn Fn() -> AnyView + Send + Sync> = Box::new(move || view().into_any());
    view
}
