/* Nodes that do what nodes must not do; each ends as one clear error of its node when it runs in a worker process. */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <tauro/tauro.h>

TAURO_PLUGIN("bad", "1.0.0");

TAURO_NODE(bad_segfault, "bad.segfault", TAURO_RETURNS(nothing)) {
  (void)call;
  fprintf(stderr, "about to die\n");
  *(volatile int *)8 = 1;
  return TAURO_OK;
}

TAURO_NODE(bad_abort, "bad.abort", TAURO_RETURNS(nothing)) {
  (void)call;
  abort();
}

TAURO_NODE(bad_divide, "bad.divide", TAURO_RETURNS(nothing), TAURO_I64(by, 0)) {
  (void)call;
  return (int32_t)(7 / by);
}

TAURO_NODE(bad_exit, "bad.exit", TAURO_RETURNS(nothing), TAURO_I64(code, 0)) {
  (void)call;
  exit((int)code);
}

TAURO_NODE(bad_thread_exit, "bad.thread_exit", TAURO_RETURNS(nothing)) {
  (void)call;
  pthread_exit(NULL);
}

TAURO_NODE(bad_kill, "bad.kill", TAURO_RETURNS(nothing)) {
  (void)call;
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

TAURO_NODE(bad_hang, "bad.hang", TAURO_RETURNS(nothing)) {
  (void)call;
  for (volatile int spin = 0;; spin++) {
  }
}

TAURO_NODE(bad_wait, "bad.wait", TAURO_RETURNS(nothing)) {
  tauro_log(call, TAURO_LOG_INFO, "running");
  while (!tauro_cancelled(call)) usleep(1000);
  return TAURO_E_CANCELLED;
}

TAURO_NODE(bad_ignores_term, "bad.ignores_term", TAURO_RETURNS(nothing)) {
  signal(SIGTERM, SIG_IGN);
  prctl(PR_SET_PDEATHSIG, 0);
  tauro_log(call, TAURO_LOG_INFO, "running");
  for (;;) pause();
}

static int fall(volatile int depth) {
  volatile char room[4096];
  room[0] = (char)depth;
  return fall(depth + 1) + room[0];
}

TAURO_NODE(bad_stack, "bad.stack", TAURO_RETURNS(nothing)) {
  (void)call;
  return fall(0);
}

TAURO_NODE(bad_memory, "bad.memory", TAURO_RETURNS(nothing)) {
  (void)call;
  for (;;) {
    char *more = malloc(1 << 20);
    for (int i = 0; i < 1 << 20; i += 4096) more[i] = 1;
  }
}

TAURO_NODE(bad_closed, "bad.closed", TAURO_RETURNS(nothing)) {
  (void)call;
  for (int descriptor = 0; descriptor < 256; descriptor++) close(descriptor);
  return TAURO_OK;
}

TAURO_NODE(bad_garbage, "bad.garbage", TAURO_RETURNS(nothing)) {
  (void)call;
  char garbage[64] = {0x7f, 1, 2, 3};
  if (write(3, garbage, sizeof garbage) < 0) return TAURO_E_IO;
  for (;;) pause();
}

TAURO_NODE(bad_truncated_message, "bad.truncated_message", TAURO_RETURNS(nothing)) {
  (void)call;
  char result[9] = {23, 0, 0, 0, 0, 0, 0, 0, 9};
  if (write(3, result, sizeof result) < 0) return TAURO_E_IO;
  for (;;) pause();
}

static void leave_quietly(int number) {
  (void)number;
  _exit(0);
}

TAURO_NODE(bad_handler, "bad.handler", TAURO_RETURNS(nothing), TAURO_I64(number, 11)) {
  (void)call;
  signal((int)number, leave_quietly);
  return TAURO_OK;
}

TAURO_NODE(bad_child, "bad.child", TAURO_RETURNS(nothing)) {
  pid_t child = fork();
  if (child == 0)
    for (;;) pause();
  tauro_metric(call, "child", (double)child);
  abort();
}

TAURO_NODE(bad_talks, "bad.talks", TAURO_RETURNS(nothing)) {
  printf("to the standard output");
  fprintf(stderr, "to the standard error\n");
  tauro_log(call, TAURO_LOG_WARNING, "to the log");
  tauro_metric(call, "answer", 42);
  tauro_progress(call, 0.5, "half");
  return TAURO_OK;
}

TAURO_NODE(bad_lines, "bad.lines", TAURO_RETURNS(nothing), TAURO_I64(count, 1000)) {
  for (int64_t i = 0; i < count; i++) tauro_logf(call, TAURO_LOG_INFO, "line %lld", (long long)i);
  return TAURO_OK;
}

TAURO_NODE(bad_tells_process, "bad.tells_process", TAURO_RETURNS(nothing)) {
  tauro_metric(call, "process", (double)getpid());
  return TAURO_OK;
}

TAURO_NODE(bad_tells_variable, "bad.tells_variable", TAURO_RETURNS(nothing), TAURO_STR(name, TAURO_REQUIRED)) {
  const char *value = getenv(name);
  tauro_logf(call, TAURO_LOG_INFO, "%s", value ? value : "none");
  return TAURO_OK;
}

TAURO_NODE(bad_fails, "bad.fails", TAURO_RETURNS(nothing)) {
  return tauro_fail(call, TAURO_E_TRANSIENT, "no luck with %d", 5);
}

TAURO_NODE(bad_says_nothing, "bad.says_nothing") {
  (void)call;
  (void)out;
  return TAURO_OK;
}
