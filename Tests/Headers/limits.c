/* As many items as a node may have: 16 inputs, the ML context, 48 parameters, and all there is to say about it. */
#include <tauro/tauro.h>

TAURO_PLUGIN("limits", "1.0.0");

TAURO_NODE(sample_limits, "sample.limits", TAURO_DOC("As many as there may be."), TAURO_RETURNS(nothing),
           TAURO_ROWWISE, TAURO_FRAME(in1), TAURO_FRAME(in2), TAURO_FRAME(in3), TAURO_FRAME(in4), TAURO_FRAME(in5),
           TAURO_FRAME(in6), TAURO_FRAME(in7), TAURO_FRAME(in8), TAURO_FRAME(in9), TAURO_FRAME(in10),
           TAURO_FRAME(in11), TAURO_FRAME(in12), TAURO_FRAME(in13), TAURO_FRAME(in14), TAURO_FRAME(in15),
           TAURO_FRAME(in16), TAURO_ML, TAURO_I64(p1, 1), TAURO_F64(p2, 2.5), TAURO_BOOL(p3, true),
           TAURO_STR(p4, "x"), TAURO_I64(p5, 1), TAURO_F64(p6, 2.5), TAURO_BOOL(p7, true), TAURO_STR(p8, "x"),
           TAURO_I64(p9, 1), TAURO_F64(p10, 2.5), TAURO_BOOL(p11, true), TAURO_STR(p12, "x"), TAURO_I64(p13, 1),
           TAURO_F64(p14, 2.5), TAURO_BOOL(p15, true), TAURO_STR(p16, "x"), TAURO_I64(p17, 1), TAURO_F64(p18, 2.5),
           TAURO_BOOL(p19, true), TAURO_STR(p20, "x"), TAURO_I64(p21, 1), TAURO_F64(p22, 2.5), TAURO_BOOL(p23, true),
           TAURO_STR(p24, "x"), TAURO_I64(p25, 1), TAURO_F64(p26, 2.5), TAURO_BOOL(p27, true), TAURO_STR(p28, "x"),
           TAURO_I64(p29, 1), TAURO_F64(p30, 2.5), TAURO_BOOL(p31, true), TAURO_STR(p32, "x"), TAURO_I64(p33, 1),
           TAURO_F64(p34, 2.5), TAURO_BOOL(p35, true), TAURO_STR(p36, "x"), TAURO_I64(p37, 1), TAURO_F64(p38, 2.5),
           TAURO_BOOL(p39, true), TAURO_STR(p40, "x"), TAURO_I64(p41, 1), TAURO_F64(p42, 2.5), TAURO_BOOL(p43, true),
           TAURO_STR(p44, "x"), TAURO_I64(p45, 1), TAURO_F64(p46, 2.5), TAURO_BOOL(p47, true), TAURO_STR(p48, "x")) {
  return in1 && in16 && p1 + p45 > 0 && p48 ? TAURO_OK : TAURO_E_INVALID;
}
