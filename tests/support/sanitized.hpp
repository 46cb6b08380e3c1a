#pragma once
// RAILWINDOW_SANITIZED: whether a sanitizer brings its own allocator. Compilers say it in different ways.

#ifdef __SANITIZE_ADDRESS__
#define RAILWINDOW_SANITIZED
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define RAILWINDOW_SANITIZED
#endif
#endif
