//! Loops written out, for the kernels of the backbone and of the instant head.

/// Repeats an expression for an index from 0 to below a constant of at most 8 (`wide`: of at most 17), as straight
/// code. At the crate's `opt-level = "s"` LLVM keeps even a loop of four as a loop, and what it indexes in memory
/// instead of in registers.
macro_rules! unroll {
    (@each $count:expr, $index:ident, $body:expr, $($value:literal)*) => {
        $(if $value < $count {
            let $index: usize = $value;
            $body;
        })*
    };
    ($count:expr, wide |$index:ident| $body:expr) => {
        unroll!(@each $count, $index, $body, 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16)
    };
    ($count:expr, |$index:ident| $body:expr) => {
        unroll!(@each $count, $index, $body, 0 1 2 3 4 5 6 7)
    };
}

/// An array of eight times the same, for [`unroll`] to use as many of as it counts. The value is written out eight
/// times, because `[value; N]` is a loop too.
macro_rules! filled {
    ($value:expr) => {
        [$value, $value, $value, $value, $value, $value, $value, $value]
    };
}

pub(crate) use {filled, unroll};
