//! Tells valgrind what is secret and what to count, by the requests of `valgrind.h`, `memcheck.h` and `callgrind.h`. Without
//! valgrind nothing happens.
//!
//! It is also a library that Python loads. Requests are made of other instructions on each kind of processor: these are of x86-64.

pub mod deliveries;

use std::{arch::asm, ffi::CStr};

#[cfg(not(all(target_arch = "x86_64", target_os = "linux")))]
compile_error!("valgrind is asked with instructions of x86-64, on Linux");

/// Valgrind takes it for uninitialised from now on, and what is computed from it, too.
pub fn hide<T: ?Sized>(value: &mut T) {
    request(MAKE_MEM_UNDEFINED, [std::ptr::from_mut(value).addr(), size_of_val(value)]);
}

/// Valgrind takes it for initialised again.
pub fn show<T: ?Sized>(value: &mut T) {
    request(MAKE_MEM_DEFINED, [std::ptr::from_mut(value).addr(), size_of_val(value)]);
}

/// Counts the instructions of a call, and has callgrind write them under a name.
#[inline(never)]
pub fn count<T>(name: &CStr, call: impl FnOnce() -> T) -> T {
    request(ZERO_STATS, [0, 0]);
    let result = call();
    request(DUMP_STATS_AT, [name.as_ptr().addr(), 0]);
    result
}

/// [`hide`] by address.
#[unsafe(no_mangle)]
pub extern "C" fn hide_memory(address: usize, bytes: usize) {
    request(MAKE_MEM_UNDEFINED, [address, bytes]);
}

/// Writes it among valgrind's complaints.
#[unsafe(no_mangle)]
pub extern "C" fn say_made() {
    let no_arguments = [0_u64; 3];
    let text = c"the webhook is made\n";
    request(PRINT, [text.as_ptr().addr(), no_arguments.as_ptr().addr()]);
}

/// Instructions that change nothing, which valgrind knows. It may read and write what the arguments point to.
fn request(request: usize, [first, second]: [usize; 2]) -> usize {
    let words = [request, first, second, 0, 0, 0];
    let mut result = 0_usize;
    // SAFETY: it rotates a register by 128 bits in all, and swaps one with itself.
    unsafe {
        asm!(
            "rol rdi, 3", "rol rdi, 13", "rol rdi, 61", "rol rdi, 51", "xchg rbx, rbx",
            in("rax") words.as_ptr(), inout("rdx") result,
        );
    }
    result
}

/// Of a format and the address of a `va_list`.
const PRINT: usize = 0x1403;
const MAKE_MEM_UNDEFINED: usize = tool(*b"MC") + 1;
const MAKE_MEM_DEFINED: usize = tool(*b"MC") + 2;
const ZERO_STATS: usize = tool(*b"CT") + 1;
const DUMP_STATS_AT: usize = tool(*b"CT") + 3;

const fn tool([first, second]: [u8; 2]) -> usize {
    (first as usize) << 24 | (second as usize) << 16
}
