// Nodes that let exceptions out.
#include <new>
#include <stdexcept>
#include <string>

#include <tauro/tauro.h>

TAURO_NODE(throwing, "throwing.any", TAURO_RETURNS(nothing), TAURO_STR(kind, "std")) {
  std::string wanted(kind);
  if (wanted == "alloc") throw std::bad_alloc();
  if (wanted == "int") throw 42;
  throw std::runtime_error("the tape is torn");
}
