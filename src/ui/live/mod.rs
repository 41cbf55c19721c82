//! Values and parts of the page that follow the state.
//!
//! Leptos makes its code for following anew for every closure and every type in a view. Here closures are put behind a
//! trait with one method, so that it is made once for each type of value. Not behind `dyn Fn`: that would keep the body of
//! each closure twice, to be called and to be used up.

mod memo;

pub(super) use memo::{Memo, memo};

use crate::{
    dataset::{ClassId, HeadId, PhotoId},
    protocol::FileRef,
};
use leptos::{children::ToChildren, prelude::*};
use std::sync::Arc;

/// A closure without arguments.
trait Source<T>: Send + Sync {
    fn value(&self) -> T;
}

impl<T, F: Fn() -> T + Send + Sync> Source<T> for F {
    fn value(&self) -> T {
        self()
    }
}

/// What stands inside of a component that may draw it more than once: Leptos's `ChildrenFn`.
pub(super) struct Inside(Box<dyn Source<AnyView>>);

impl Inside {
    /// Draws it.
    pub(super) fn draw(&self) -> AnyView {
        self.0.value()
    }
}

impl<V: IntoView + 'static, F: Fn() -> V + Send + Sync + 'static> ToChildren<F> for Inside {
    fn to_children(view: F) -> Self {
        Self(Box::new(move || view().into_any()))
    }
}

/// A closure that draws what belongs to a key.
trait Drawer: Send + Sync {
    fn draw(&self, key: u64) -> AnyView;
}

impl<V: IntoView + 'static, F: Fn(u64) -> V + Send + Sync> Drawer for F {
    fn draw(&self, key: u64) -> AnyView {
        self(key).into_any()
    }
}

// The inner functions are not generic over the closure: closures in them are of one type for each `T`.

/// A value that follows the state, for attributes and text.
pub(super) fn live<T: Send + Sync + 'static>(value: impl Fn() -> T + Send + Sync + 'static) -> Signal<T> {
    fn of<T: Send + Sync + 'static>(source: Box<dyn Source<T>>) -> Signal<T> {
        Signal::derive(move || source.value())
    }
    of(Box::new(value))
}

/// A part of the page that is drawn anew whenever the state that it reads changes.
pub(super) fn part<V: IntoView + 'static>(view: impl Fn() -> V + Send + Sync + 'static) -> impl IntoView {
    fn of(source: Box<dyn Source<AnyView>>) -> impl Fn() -> AnyView + Send + Sync + 'static {
        move || source.value()
    }
    of(Box::new(move || view().into_any()))
}

/// Views of any kind, as a list.
pub(super) trait Views: Iterator {
    /// All of them, as views of one type: Leptos makes its code for a list anew for every type.
    fn views(self) -> Vec<AnyView>;
}

impl<V: IntoView + 'static, I: Iterator<Item = V>> Views for I {
    fn views(self) -> Vec<AnyView> {
        self.map(IntoAny::into_any).collect()
    }
}

/// A list whose parts stay on the page, with the focus that they hold, as long as their key is in it: Leptos's `For`.
pub(super) fn each<K: Key, V: IntoView + 'static>(
    keys: impl Fn() -> Vec<K> + Send + Sync + 'static,
    view: impl Fn(K) -> V + Send + Sync + 'static,
) -> AnyView {
    fn of(keys: Memo<Vec<u64>>, drawer: Arc<dyn Drawer>) -> AnyView {
        view! { <For each=move || keys.get() key=|key| *key children=move |key| drawer.draw(key)/> }.into_any()
    }
    let keys = memo(move || keys().iter().map(Key::number).collect());
    of(keys, Arc::new(move |number: u64| view(K::of(number))))
}

/// What a part of a list is known by.
pub(super) trait Key: 'static {
    /// A number that no other key of the list has.
    fn number(&self) -> u64;
    /// The key of that number.
    fn of(number: u64) -> Self;
}

macro_rules! keys {
    ($($key:ty: |$number:ident| $of:expr, |$of_key:ident| $as_number:expr;)*) => {$(
        impl Key for $key {
            fn number(&self) -> u64 {
                let $of_key = *self;
                $as_number
            }

            fn of(number: u64) -> Self {
                let $number = number.try_into().expect("it was made from one");
                $of
            }
        }
    )*};
}

keys! {
    u64: |number| number, |key| key;
    u32: |number| number, |key| key.into();
    ClassId: |number| Self(number), |key| key.0.into();
    FileRef: |number| Self(number), |key| key.0.into();
    HeadId: |number| Self(number), |key| key.0.into();
    PhotoId: |number| Self(number), |key| key.0.into();
}
