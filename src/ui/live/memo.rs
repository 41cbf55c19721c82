//! A value that is counted anew when the state changes, and tells only when it is another one.
//!
//! The same as Leptos's, whose code is made anew for every type of value, two kilobytes each. This one keeps all values
//! behind one type.

use super::{Source, live};
use leptos::{
    prelude::{Get, GetUntracked, Signal},
    tachys::{html::attribute::IntoAttributeValue, view::IntoRender},
};
use std::{any::Any, marker::PhantomData, sync::Arc};

/// A value of any type.
trait Value: Send + Sync {
    fn same(&self, other: &dyn Any) -> bool;
    fn any(&self) -> &dyn Any;
}

impl<T: PartialEq + Send + Sync + 'static> Value for T {
    fn same(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<T>().is_some_and(|other| self == other)
    }

    fn any(&self) -> &dyn Any {
        self
    }
}

#[derive(Clone)]
struct Erased(Arc<dyn Value>);

impl PartialEq for Erased {
    fn eq(&self, other: &Self) -> bool {
        self.0.same(other.0.any())
    }
}

/// The value; copying it copies a handle.
pub(in crate::ui) struct Memo<T> {
    memo: leptos::prelude::Memo<Erased>,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Memo<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Memo<T> {}

/// A value that follows the state and tells only when it is another one.
pub(in crate::ui) fn memo<T: PartialEq + Send + Sync + 'static>(
    value: impl Fn() -> T + Send + Sync + 'static,
) -> Memo<T> {
    fn of(source: Box<dyn Source<Erased>>) -> leptos::prelude::Memo<Erased> {
        leptos::prelude::Memo::new(move |_| source.value())
    }
    Memo { memo: of(Box::new(move || Erased(Arc::new(value())))), of: PhantomData }
}

impl<T: 'static> Memo<T> {
    /// Something of the value, for whoever follows it.
    pub(in crate::ui) fn with<R>(self, part: impl FnOnce(&T) -> R) -> R {
        part(self.told(true).0.any().downcast_ref().expect("a memo keeps one type"))
    }

    /// Something of the value as it is now.
    pub(in crate::ui) fn with_untracked<R>(self, part: impl FnOnce(&T) -> R) -> R {
        part(self.told(false).0.any().downcast_ref().expect("a memo keeps one type"))
    }

    fn told(self, tracked: bool) -> Erased {
        if tracked { self.memo.get() } else { self.memo.get_untracked() }
    }
}

impl<T: Clone + 'static> Memo<T> {
    /// The value, for whoever follows it.
    pub(in crate::ui) fn get(self) -> T {
        self.with(T::clone)
    }

    /// The value as it is now.
    pub(in crate::ui) fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }
}

impl<T: Clone + Send + Sync + 'static> Memo<T> {
    /// As what Leptos follows.
    pub(in crate::ui) fn signal(self) -> Signal<T> {
        live(move || self.get())
    }
}

impl<T: Clone + Send + Sync + 'static> From<Memo<T>> for Signal<T> {
    fn from(memo: Memo<T>) -> Self {
        memo.signal()
    }
}

impl<T: Clone + Send + Sync + 'static> IntoAttributeValue for Memo<T> {
    type Output = Signal<T>;

    fn into_attribute_value(self) -> Signal<T> {
        self.signal()
    }
}

impl<T: Clone + Send + Sync + 'static> IntoRender for Memo<T> {
    type Output = Signal<T>;

    fn into_render(self) -> Signal<T> {
        self.signal()
    }
}
