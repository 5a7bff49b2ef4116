// What becomes of failures at the library's border: no exception leaves it, every error is a text.

#ifndef TAURO_ARROW_FAILURES_H
#define TAURO_ARROW_FAILURES_H

#include <cstdlib>
#include <cstring>
#include <exception>
#include <functional>
#include <new>
#include <string>

#include <arrow/status.h>

#define TAURO_ARROW_EXPORT extern "C" __attribute__((visibility("default")))

namespace tauro {

using arrow::Status;

// What `body` ends with, also if by an exception.
inline Status Guarded(const std::function<Status()> &body) {
  try {
    return body();
  } catch (const std::bad_alloc &) {
    return Status::OutOfMemory("there is not enough memory");
  } catch (const std::exception &error) {
    return Status::IOError(error.what());
  } catch (...) {
    return Status::UnknownError("the library failed without saying why");
  }
}

// What is said where there is no memory for a text.
inline char exhausted[] = "there is not enough memory";

// A text for tauro_arrow_free; NULL if all is well.
inline char *Text(const Status &status) {
  if (status.ok()) return nullptr;
  try {
    const auto &detail = status.detail();
    char *text = strdup((status.message() + (detail ? " (" + detail->ToString() + ")" : "")).c_str());
    return text ? text : exhausted;
  } catch (...) {
    return exhausted;
  }
}

inline Status Told(const Status &status, const std::string &beginning) {
  return status.ok() ? status : status.WithMessage(beginning, status.message());
}

}  // namespace tauro

#endif
