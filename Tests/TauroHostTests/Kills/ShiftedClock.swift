import Foundation
import TauroBasics
import Testing

/// A library that gives the programs it is loaded into another time of day; durations are measured as they were.
struct ShiftedClock {
    private let scratch: Scratch
    private var library: String { scratch.file("clock.so") }

    init() throws {
        scratch = try Scratch()
        try scratch.write(ShiftedClock.source, to: "clock.c")
        let command = ["-shared", "-fPIC", "-O1", scratch.file("clock.c"), "-o", library, "-ldl"]
        let result = try HostProcess.start("/usr/bin/cc", command)
        try #require(result.status == 0, "\(result.errors)")
    }

    /// The environment of a host whose clock is off by so many seconds; where there are several, the clock jumps from one to
    /// the next, again and again.
    func environment(_ shifts: Int...) -> [String: String] {
        // The address sanitizer wants to come first.
        let sanitizer = ["ASAN_OPTIONS": "verify_asan_link_order=0:detect_leaks=0"]
        let clock = ["LD_PRELOAD": library, "CLOCK_SHIFTS": shifts.map(String.init).joined(separator: " ")]
        return Sanitizer.current == .address ? clock.merging(sanitizer) { _, new in new } : clock
    }

    private static let source = #"""
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <stdlib.h>
        #include <sys/time.h>
        #include <time.h>

        static time_t shift(void) {
          static unsigned calls;
          time_t shifts[8];
          unsigned count = 0;
          const char *text = getenv("CLOCK_SHIFTS");
          for (char *end; text && count < 8; text = end) {
            long value = strtol(text, &end, 10);
            if (end == text) break;
            shifts[count++] = value;
          }
          return count ? shifts[__atomic_fetch_add(&calls, 1, __ATOMIC_RELAXED) / 5 % count] : 0;
        }

        int clock_gettime(clockid_t clock, struct timespec *now) {
          static int (*real)(clockid_t, struct timespec *);
          if (!real) real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
          int status = real(clock, now);
          if (status == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) now->tv_sec += shift();
          return status;
        }

        int gettimeofday(struct timeval *restrict now, void *restrict zone) {
          (void)zone;
          struct timespec time;
          clock_gettime(CLOCK_REALTIME, &time);
          now->tv_sec = time.tv_sec;
          now->tv_usec = time.tv_nsec / 1000;
          return 0;
        }

        time_t time(time_t *now) {
          struct timespec time;
          clock_gettime(CLOCK_REALTIME, &time);
          if (now) *now = time.tv_sec;
          return time.tv_sec;
        }
        """#
}
