// Makes calls of the C library fail as a full disk, a broken one or a poor machine would. Loaded before the tool by LD_PRELOAD.
//   FAULT_CALL   write, fsync, rename, open, thread, short (writes take at most 7 bytes), interrupted (every other write is broken off)
//   FAULT_AFTER  how many bytes (write) or calls (all others) go well before
//   FAULT_ERRNO  what then comes back
// Only files are meant: pipes and terminals work as ever. Of `open` only those calls that would write.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static int is(const char *call) {
    const char *wanted = getenv("FAULT_CALL");
    return wanted && strcmp(wanted, call) == 0;
}
static long long after(void) { return getenv("FAULT_AFTER") ? atoll(getenv("FAULT_AFTER")) : 0; }
static int fails(long long *done) {
    if ((*done)++ < after()) return 0;
    errno = getenv("FAULT_ERRNO") ? atoi(getenv("FAULT_ERRNO")) : EIO;
    return 1;
}
static int is_file(int fd) {
    struct stat about;
    return fstat(fd, &about) == 0 && S_ISREG(about.st_mode);
}

ssize_t write(int fd, const void *bytes, size_t count) {
    static ssize_t (*real)(int, const void *, size_t);
    static long long written, calls;
    if (!real) real = (ssize_t(*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
    if (!is_file(fd)) return real(fd, bytes, count);
    if (is("short")) return real(fd, bytes, count < 7 ? count : 7);
    if (is("interrupted") && calls++ % 2 == 0) {
        errno = EINTR;
        return -1;
    }
    if (is("write")) {
        const long long left = after() - written;
        if (left <= 0) {
            errno = getenv("FAULT_ERRNO") ? atoi(getenv("FAULT_ERRNO")) : ENOSPC;
            return -1;
        }
        if ((long long)count > left) count = (size_t)left;  // a disk takes what has room
        written += (long long)count;
    }
    return real(fd, bytes, count);
}

// Streams of the C++ library write through this.
ssize_t writev(int fd, const struct iovec *parts, int count) {
    static ssize_t (*real)(int, const struct iovec *, int);
    if (!real) real = (ssize_t(*)(int, const struct iovec *, int))dlsym(RTLD_NEXT, "writev");
    if (!is_file(fd) || !getenv("FAULT_CALL")) return real(fd, parts, count);
    for (int i = 0; i < count; ++i)
        if (parts[i].iov_len > 0) return write(fd, parts[i].iov_base, parts[i].iov_len);
    return 0;
}

int fsync(int fd) {
    static long long calls;
    static int (*real)(int);
    if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    return is("fsync") && is_file(fd) && fails(&calls) ? -1 : real(fd);
}

int rename(const char *from, const char *to) {
    static long long calls;
    static int (*real)(const char *, const char *);
    if (!real) real = (int (*)(const char *, const char *))dlsym(RTLD_NEXT, "rename");
    return is("rename") && fails(&calls) ? -1 : real(from, to);
}

static int opened(const char *name, const char *path, int flags, va_list rest) {
    static long long calls;
    int (*real)(const char *, int, ...) = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, name);
    const mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
    if (is("open") && (flags & O_ACCMODE) != O_RDONLY && fails(&calls)) return -1;
    return real(path, flags, mode);
}
int open(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    const int fd = opened("open", path, flags, rest);
    va_end(rest);
    return fd;
}
int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    const int fd = opened("open64", path, flags, rest);
    va_end(rest);
    return fd;
}

int pthread_create(pthread_t *thread, const pthread_attr_t *how, void *(*what)(void *), void *with) {
    static long long calls;
    static int (*real)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    if (!real) real = (int (*)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *))dlsym(RTLD_NEXT, "pthread_create");
    return is("thread") && fails(&calls) ? EAGAIN : real(thread, how, what, with);
}
