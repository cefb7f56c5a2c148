//! Hides memory for Node: the inside of a typed array.
#![allow(clippy::missing_safety_doc, reason = "Node calls it")]

use std::{
    ffi::{c_char, c_void},
    ptr::null_mut,
};

type Handle = *mut c_void;
type Callback = extern "C" fn(env: Handle, call: Handle) -> Handle;

// Of Node-API, as `node_api.h` declares them.
unsafe extern "C" {
    fn napi_create_function(
        env: Handle,
        name: *const c_char,
        length: usize,
        callback: Callback,
        data: Handle,
        result: *mut Handle,
    ) -> i32;
    fn napi_set_named_property(env: Handle, object: Handle, name: *const c_char, value: Handle) -> i32;
    fn napi_get_cb_info(
        env: Handle,
        call: Handle,
        count: *mut usize,
        arguments: *mut Handle,
        this: *mut Handle,
        data: *mut Handle,
    ) -> i32;
    fn napi_get_typedarray_info(
        env: Handle,
        array: Handle,
        kind: *mut i32,
        length: *mut usize,
        bytes: *mut Handle,
        buffer: *mut Handle,
        offset: *mut usize,
    ) -> i32;
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn napi_register_module_v1(env: Handle, exports: Handle) -> Handle {
    for (name, callback) in [(c"hide", hide as Callback), (c"sayMade", say_made)] {
        let mut function = null_mut();
        // SAFETY: the environment and the object are Node's, and the names end with a zero.
        let statuses = unsafe {
            [
                napi_create_function(env, name.as_ptr(), usize::MAX, callback, null_mut(), &raw mut function),
                napi_set_named_property(env, exports, name.as_ptr(), function),
            ]
        };
        assert_eq!(statuses, [0, 0], "Node makes no function");
    }
    exports
}

extern "C" fn hide(env: Handle, call: Handle) -> Handle {
    let (mut count, mut array, mut length, mut bytes) = (1, null_mut(), 0, null_mut());
    // SAFETY: both are Node's, there is room for one argument, and what is not asked for may be null.
    let statuses = unsafe {
        [
            napi_get_cb_info(env, call, &raw mut count, &raw mut array, null_mut(), null_mut()),
            napi_get_typedarray_info(env, array, null_mut(), &raw mut length, &raw mut bytes, null_mut(), null_mut()),
        ]
    };
    assert_eq!(statuses, [0, 0], "it takes a typed array");
    side_channels::hide_memory(bytes.addr(), length);
    null_mut()
}

extern "C" fn say_made(_: Handle, _: Handle) -> Handle {
    side_channels::say_made();
    null_mut()
}
