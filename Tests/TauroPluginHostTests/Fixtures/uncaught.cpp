// Nodes with exceptions that no macro can catch.
#include <stdexcept>
#include <thread>

#include <tauro/tauro.h>

TAURO_PLUGIN("uncaught", "1.0.0");

static void tear() { throw std::runtime_error("the tape is torn"); }
static void tear_quietly() noexcept { tear(); }

TAURO_NODE(uncaught_thread, "uncaught.thread", TAURO_RETURNS(nothing)) {
  std::thread(tear).join();
  return TAURO_OK;
}

TAURO_NODE(uncaught_noexcept, "uncaught.noexcept", TAURO_RETURNS(nothing)) {
  tear_quietly();
  return TAURO_OK;
}

TAURO_NODE(uncaught_quiet, "uncaught.quiet", TAURO_RETURNS(nothing)) { return TAURO_OK; }
