/* What the macros of node.h make of everything that can be stated. The notes in macros/ are what they emit, byte by byte,
 * in C and in C++: scripts/check-abi. */
#include <tauro/tauro.h>

TAURO_PLUGIN("golden", "1.2.3-beta+4");

TAURO_NODE(golden_least, "golden.least") { return TAURO_OK; }

TAURO_NODE(golden_everything, "golden.every.thing",
           TAURO_DOC("All that a node can state, \"quoted\" and\tin two "
                     "literals: Zürich."),
           TAURO_RETURNS(artifact), TAURO_ROWWISE, TAURO_FRAME(orders), TAURO_ARTIFACT(model), TAURO_FRAMES(rest), TAURO_ML,
           TAURO_I64(count, -0), TAURO_I64(mask, 0x7fffFFFFffffFFFF), TAURO_F64(rate, 1.5e-3), TAURO_F64(whole, 600),
           TAURO_BOOL(strict, true), TAURO_BOOL(loose, false), TAURO_STR(mode, "a,\tb (c) \\ \x41\101"),
           TAURO_STR(key, TAURO_REQUIRED)) {
  return TAURO_OK;
}

TAURO_NODE(golden_frame, "golden.frame", TAURO_RETURNS(frame), TAURO_FRAME(a), TAURO_FRAME(b)) { return TAURO_OK; }

TAURO_NODE(golden_nothing, "golden.nothing", TAURO_RETURNS(nothing), TAURO_I64(limit, TAURO_REQUIRED)) { return TAURO_OK; }
