/* A node in C++ that throws, and one that uses the language's own things. */
#include <tauro/tauro.h>

#include <stdexcept>
#include <string>

TAURO_PLUGIN("throws", "1.0.0");

TAURO_NODE(sample_throws, "sample.throws", TAURO_STR(text, "from C++")) { throw std::runtime_error(std::string(text)); }
