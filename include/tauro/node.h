/* Stating nodes: one statement gives the C prototype and the note that describes it (NOTE-GRAMMAR.md).
 *
 *     TAURO_NODE(symbol, "dotted.name", items…) { body }
 *
 * `call`, `start_date`, `end_date` and `out` are arguments of every node; each item below adds its own. Items come in this
 * order, and each group may be empty: about the node, inputs, ML, parameters.
 *
 *   TAURO_DOC("…")              what the node does, for people
 *   TAURO_RETURNS(kind)         frame (if not said), artifact or nothing
 *   TAURO_ROWWISE               the node may be called once per partition of its input on a distributed engine
 *   TAURO_FRAME(x)              const tauro_frame *x: an input, table x in SQL
 *   TAURO_ARTIFACT(x)           const tauro_artifact *x: an input that is bytes or a file
 *   TAURO_FRAMES(x)             const tauro_frame_list *x: all remaining inputs, tables x_0, x_1… in SQL; the last input
 *   TAURO_ML                    const tauro_ml *ml: NULL unless the run has an ML context
 *   TAURO_I64(x, default)       int64_t x       parameters, $x in SQL; the default is a literal, carried into the note
 *   TAURO_F64(x, default)       double x        as it is written, or TAURO_REQUIRED
 *   TAURO_BOOL(x, default)      bool x
 *   TAURO_STR(x, default)       const char *x
 *
 * In C++ the body is wrapped: an exception that leaves it ends the node as TAURO_E_INTERNAL (std::bad_alloc as
 * TAURO_E_OOM) with the exception's text.
 */
#ifndef TAURO_NODE_H
#define TAURO_NODE_H

#include "abi.h"
#include "call.h"

#if defined(__cplusplus) && defined(__cpp_exceptions)
#include <exception>
#include <new>
#endif

/* States the plugin's name and version, once a file: TAURO_PLUGIN("flights", "1.0.0"); */
#define TAURO_PLUGIN(name, version) TAURO_I_NOTE(plugin, "plugin\t" name "\t" version "\n")

/* The same for a plugin that takes one call at a time in a process. */
#define TAURO_PLUGIN_SERIAL(name, version) TAURO_I_NOTE(plugin, "plugin\t" name "\t" version "\nflag\tserial\n")

/* States a node; the body follows in braces. */
#define TAURO_NODE(...) TAURO_I_NODE(__VA_ARGS__, TAURO_I_END)

/* An item is (group, declaration, name, note text). The text is made here, where the author's spelling is still whole. */
#define TAURO_DOC(...) (tauro_i_about, , , "doc\t" #__VA_ARGS__ "\n")
#define TAURO_RETURNS(kind) (tauro_i_about, , , "returns\t" #kind "\n")
#define TAURO_ROWWISE (tauro_i_about, , , "rowwise\n")
#define TAURO_FRAME(x) (tauro_i_input, const tauro_frame *x, x, "in\tframe\t" #x "\n")
#define TAURO_ARTIFACT(x) (tauro_i_input, const tauro_artifact *x, x, "in\tartifact\t" #x "\n")
#define TAURO_FRAMES(x) (tauro_i_input, const tauro_frame_list *x, x, "in\tframes\t" #x "\n")
#define TAURO_ML (tauro_i_ml, const tauro_ml *ml, ml, "ml\n")
#define TAURO_I64(x, d) (tauro_i_param, int64_t x, x, "param\ti64\t" #x "\t" #d "\n")
#define TAURO_F64(x, d) (tauro_i_param, double x, x, "param\tf64\t" #x "\t" #d "\n")
#define TAURO_BOOL(x, d) (tauro_i_param, bool x, x, "param\tbool\t" #x "\t" #d "\n")
#define TAURO_STR(x, d) (tauro_i_param, const char *x, x, "param\tstr\t" #x "\t" #d "\n")

/* From here on: how the macros above work. Nothing below is for use. */

#define TAURO_I_END (tauro_i_about, , , "")
#define TAURO_I_EXPORT __attribute__((visibility("default")))
#define TAURO_I_UNUSED __attribute__((unused))

/* A note as the linker wants it. `descsz` covers the text's NUL, which ends the text for readers. */
#define TAURO_I_NOTE(tag, text)                                               \
  static const struct {                                                       \
    uint32_t namesz, descsz, type;                                            \
    char name[8];                                                             \
    char desc[sizeof(text)];                                                  \
  } tauro_note_##tag                                                          \
      __attribute__((used, aligned(4), section(".note.tauro"))) = {           \
          6, (uint32_t)sizeof(text),                                          \
          ((uint32_t)TAURO_ABI_MAJOR << 16) | TAURO_ABI_TARGET_MINOR, "TAURO", text}

#define TAURO_I_NODE_NOTE(symbol, dotted, ...) \
  TAURO_I_NOTE(symbol, "node\t" dotted "\t" #symbol "\n" TAURO_I_EACH(TAURO_I_TEXT, __VA_ARGS__))

/* The argument list, and the names alone. Items are walked once a group, so that dates stand between inputs and ML. */
#define TAURO_I_ARGUMENTS(...)                                          \
  TAURO_I_UNUSED const tauro_call *call                                 \
  TAURO_I_EACH(TAURO_I_DECLARE_INPUT, __VA_ARGS__),                     \
  TAURO_I_UNUSED const char *start_date,                                \
  TAURO_I_UNUSED const char *end_date                                   \
  TAURO_I_EACH(TAURO_I_DECLARE_ML, __VA_ARGS__)                         \
  TAURO_I_EACH(TAURO_I_DECLARE_PARAM, __VA_ARGS__),                     \
  TAURO_I_UNUSED tauro_output *out
#define TAURO_I_NAMES(...)                                              \
  call TAURO_I_EACH(TAURO_I_NAME_INPUT, __VA_ARGS__), start_date,       \
  end_date TAURO_I_EACH(TAURO_I_NAME_ML, __VA_ARGS__)                   \
  TAURO_I_EACH(TAURO_I_NAME_PARAM, __VA_ARGS__), out

#ifdef __cplusplus

#if defined(__cpp_exceptions)
#define TAURO_I_GUARDED(call, expression)                                                    \
  try {                                                                                      \
    return expression;                                                                       \
  } catch (const std::bad_alloc &) {                                                         \
    return tauro_fail(call, TAURO_E_OOM, "not enough memory (std::bad_alloc)");              \
  } catch (const std::exception &error) {                                                    \
    return tauro_fail(call, TAURO_E_INTERNAL, "C++ exception: %s", error.what());            \
  } catch (...) {                                                                            \
    return tauro_fail(call, TAURO_E_INTERNAL, "C++ exception that is not a std::exception"); \
  }
#else
#define TAURO_I_GUARDED(call, expression) return expression;
#endif

#define TAURO_I_NODE(symbol, dotted, ...)                                    \
  TAURO_I_NODE_NOTE(symbol, dotted, __VA_ARGS__);                            \
  static inline int32_t tauro_body_##symbol(TAURO_I_ARGUMENTS(__VA_ARGS__)); \
  extern "C" TAURO_I_EXPORT int32_t symbol(TAURO_I_ARGUMENTS(__VA_ARGS__));  \
  extern "C" int32_t symbol(TAURO_I_ARGUMENTS(__VA_ARGS__)) {                \
    TAURO_I_GUARDED(call, tauro_body_##symbol(TAURO_I_NAMES(__VA_ARGS__)))   \
  }                                                                          \
  static inline int32_t tauro_body_##symbol(TAURO_I_ARGUMENTS(__VA_ARGS__))

#else

#define TAURO_I_NODE(symbol, dotted, ...)                        \
  TAURO_I_NODE_NOTE(symbol, dotted, __VA_ARGS__);                \
  TAURO_I_EXPORT int32_t symbol(TAURO_I_ARGUMENTS(__VA_ARGS__)); \
  int32_t symbol(TAURO_I_ARGUMENTS(__VA_ARGS__))

#endif

/* Reading one item. A group's walk takes the items of that group and passes over the others. */
#define TAURO_I_TEXT(item) TAURO_I_TEXT_OF item
#define TAURO_I_TEXT_OF(group, declaration, name, text) text

#define TAURO_I_DECLARE_INPUT(item) TAURO_I_DECLARE_INPUT_OF item
#define TAURO_I_DECLARE_INPUT_OF(group, declaration, name, text) TAURO_I_INPUT_##group(TAURO_I_UNUSED declaration)
#define TAURO_I_DECLARE_ML(item) TAURO_I_DECLARE_ML_OF item
#define TAURO_I_DECLARE_ML_OF(group, declaration, name, text) TAURO_I_ML_##group(TAURO_I_UNUSED declaration)
#define TAURO_I_DECLARE_PARAM(item) TAURO_I_DECLARE_PARAM_OF item
#define TAURO_I_DECLARE_PARAM_OF(group, declaration, name, text) TAURO_I_PARAM_##group(TAURO_I_UNUSED declaration)

#define TAURO_I_NAME_INPUT(item) TAURO_I_NAME_INPUT_OF item
#define TAURO_I_NAME_INPUT_OF(group, declaration, name, text) TAURO_I_INPUT_##group(name)
#define TAURO_I_NAME_ML(item) TAURO_I_NAME_ML_OF item
#define TAURO_I_NAME_ML_OF(group, declaration, name, text) TAURO_I_ML_##group(name)
#define TAURO_I_NAME_PARAM(item) TAURO_I_NAME_PARAM_OF item
#define TAURO_I_NAME_PARAM_OF(group, declaration, name, text) TAURO_I_PARAM_##group(name)

#define TAURO_I_INPUT_tauro_i_about(x)
#define TAURO_I_INPUT_tauro_i_input(x) , x
#define TAURO_I_INPUT_tauro_i_ml(x)
#define TAURO_I_INPUT_tauro_i_param(x)
#define TAURO_I_ML_tauro_i_about(x)
#define TAURO_I_ML_tauro_i_input(x)
#define TAURO_I_ML_tauro_i_ml(x) , x
#define TAURO_I_ML_tauro_i_param(x)
#define TAURO_I_PARAM_tauro_i_about(x)
#define TAURO_I_PARAM_tauro_i_input(x)
#define TAURO_I_PARAM_tauro_i_ml(x)
#define TAURO_I_PARAM_tauro_i_param(x) , x

/* TAURO_I_EACH(m, a, b, …) is m(a) m(b) …, for 1 to 72 items: 16 inputs, ML, 48 parameters, what is said about the node,
 * and the closing TAURO_I_END. */
#define TAURO_I_JOIN(a, b) TAURO_I_JOIN_(a, b)
#define TAURO_I_JOIN_(a, b) a##b
#define TAURO_I_EACH(m, ...) TAURO_I_JOIN(TAURO_I_EACH_, TAURO_I_COUNT(__VA_ARGS__))(m, __VA_ARGS__)
#define TAURO_I_COUNT(...) TAURO_I_COUNT_(__VA_ARGS__, 72, 71, 70, 69, 68, 67, 66, 65, 64, 63, 62, 61, 60, 59, 58, \
    57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47, 46, 45, 44, 43, 42, 41, 40, 39, 38, 37, 36, 35, 34, 33, 32, 31, 30, \
    29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)
#define TAURO_I_COUNT_(a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16, a17, a18, a19, a20, \
    a21, a22, a23, a24, a25, a26, a27, a28, a29, a30, a31, a32, a33, a34, a35, a36, a37, a38, a39, a40, a41, a42, \
    a43, a44, a45, a46, a47, a48, a49, a50, a51, a52, a53, a54, a55, a56, a57, a58, a59, a60, a61, a62, a63, a64, \
    a65, a66, a67, a68, a69, a70, a71, a72, count, ...) count
#define TAURO_I_EACH_1(m, a) m(a)
#define TAURO_I_EACH_2(m, a, ...) m(a) TAURO_I_EACH_1(m, __VA_ARGS__)
#define TAURO_I_EACH_3(m, a, ...) m(a) TAURO_I_EACH_2(m, __VA_ARGS__)
#define TAURO_I_EACH_4(m, a, ...) m(a) TAURO_I_EACH_3(m, __VA_ARGS__)
#define TAURO_I_EACH_5(m, a, ...) m(a) TAURO_I_EACH_4(m, __VA_ARGS__)
#define TAURO_I_EACH_6(m, a, ...) m(a) TAURO_I_EACH_5(m, __VA_ARGS__)
#define TAURO_I_EACH_7(m, a, ...) m(a) TAURO_I_EACH_6(m, __VA_ARGS__)
#define TAURO_I_EACH_8(m, a, ...) m(a) TAURO_I_EACH_7(m, __VA_ARGS__)
#define TAURO_I_EACH_9(m, a, ...) m(a) TAURO_I_EACH_8(m, __VA_ARGS__)
#define TAURO_I_EACH_10(m, a, ...) m(a) TAURO_I_EACH_9(m, __VA_ARGS__)
#define TAURO_I_EACH_11(m, a, ...) m(a) TAURO_I_EACH_10(m, __VA_ARGS__)
#define TAURO_I_EACH_12(m, a, ...) m(a) TAURO_I_EACH_11(m, __VA_ARGS__)
#define TAURO_I_EACH_13(m, a, ...) m(a) TAURO_I_EACH_12(m, __VA_ARGS__)
#define TAURO_I_EACH_14(m, a, ...) m(a) TAURO_I_EACH_13(m, __VA_ARGS__)
#define TAURO_I_EACH_15(m, a, ...) m(a) TAURO_I_EACH_14(m, __VA_ARGS__)
#define TAURO_I_EACH_16(m, a, ...) m(a) TAURO_I_EACH_15(m, __VA_ARGS__)
#define TAURO_I_EACH_17(m, a, ...) m(a) TAURO_I_EACH_16(m, __VA_ARGS__)
#define TAURO_I_EACH_18(m, a, ...) m(a) TAURO_I_EACH_17(m, __VA_ARGS__)
#define TAURO_I_EACH_19(m, a, ...) m(a) TAURO_I_EACH_18(m, __VA_ARGS__)
#define TAURO_I_EACH_20(m, a, ...) m(a) TAURO_I_EACH_19(m, __VA_ARGS__)
#define TAURO_I_EACH_21(m, a, ...) m(a) TAURO_I_EACH_20(m, __VA_ARGS__)
#define TAURO_I_EACH_22(m, a, ...) m(a) TAURO_I_EACH_21(m, __VA_ARGS__)
#define TAURO_I_EACH_23(m, a, ...) m(a) TAURO_I_EACH_22(m, __VA_ARGS__)
#define TAURO_I_EACH_24(m, a, ...) m(a) TAURO_I_EACH_23(m, __VA_ARGS__)
#define TAURO_I_EACH_25(m, a, ...) m(a) TAURO_I_EACH_24(m, __VA_ARGS__)
#define TAURO_I_EACH_26(m, a, ...) m(a) TAURO_I_EACH_25(m, __VA_ARGS__)
#define TAURO_I_EACH_27(m, a, ...) m(a) TAURO_I_EACH_26(m, __VA_ARGS__)
#define TAURO_I_EACH_28(m, a, ...) m(a) TAURO_I_EACH_27(m, __VA_ARGS__)
#define TAURO_I_EACH_29(m, a, ...) m(a) TAURO_I_EACH_28(m, __VA_ARGS__)
#define TAURO_I_EACH_30(m, a, ...) m(a) TAURO_I_EACH_29(m, __VA_ARGS__)
#define TAURO_I_EACH_31(m, a, ...) m(a) TAURO_I_EACH_30(m, __VA_ARGS__)
#define TAURO_I_EACH_32(m, a, ...) m(a) TAURO_I_EACH_31(m, __VA_ARGS__)
#define TAURO_I_EACH_33(m, a, ...) m(a) TAURO_I_EACH_32(m, __VA_ARGS__)
#define TAURO_I_EACH_34(m, a, ...) m(a) TAURO_I_EACH_33(m, __VA_ARGS__)
#define TAURO_I_EACH_35(m, a, ...) m(a) TAURO_I_EACH_34(m, __VA_ARGS__)
#define TAURO_I_EACH_36(m, a, ...) m(a) TAURO_I_EACH_35(m, __VA_ARGS__)
#define TAURO_I_EACH_37(m, a, ...) m(a) TAURO_I_EACH_36(m, __VA_ARGS__)
#define TAURO_I_EACH_38(m, a, ...) m(a) TAURO_I_EACH_37(m, __VA_ARGS__)
#define TAURO_I_EACH_39(m, a, ...) m(a) TAURO_I_EACH_38(m, __VA_ARGS__)
#define TAURO_I_EACH_40(m, a, ...) m(a) TAURO_I_EACH_39(m, __VA_ARGS__)
#define TAURO_I_EACH_41(m, a, ...) m(a) TAURO_I_EACH_40(m, __VA_ARGS__)
#define TAURO_I_EACH_42(m, a, ...) m(a) TAURO_I_EACH_41(m, __VA_ARGS__)
#define TAURO_I_EACH_43(m, a, ...) m(a) TAURO_I_EACH_42(m, __VA_ARGS__)
#define TAURO_I_EACH_44(m, a, ...) m(a) TAURO_I_EACH_43(m, __VA_ARGS__)
#define TAURO_I_EACH_45(m, a, ...) m(a) TAURO_I_EACH_44(m, __VA_ARGS__)
#define TAURO_I_EACH_46(m, a, ...) m(a) TAURO_I_EACH_45(m, __VA_ARGS__)
#define TAURO_I_EACH_47(m, a, ...) m(a) TAURO_I_EACH_46(m, __VA_ARGS__)
#define TAURO_I_EACH_48(m, a, ...) m(a) TAURO_I_EACH_47(m, __VA_ARGS__)
#define TAURO_I_EACH_49(m, a, ...) m(a) TAURO_I_EACH_48(m, __VA_ARGS__)
#define TAURO_I_EACH_50(m, a, ...) m(a) TAURO_I_EACH_49(m, __VA_ARGS__)
#define TAURO_I_EACH_51(m, a, ...) m(a) TAURO_I_EACH_50(m, __VA_ARGS__)
#define TAURO_I_EACH_52(m, a, ...) m(a) TAURO_I_EACH_51(m, __VA_ARGS__)
#define TAURO_I_EACH_53(m, a, ...) m(a) TAURO_I_EACH_52(m, __VA_ARGS__)
#define TAURO_I_EACH_54(m, a, ...) m(a) TAURO_I_EACH_53(m, __VA_ARGS__)
#define TAURO_I_EACH_55(m, a, ...) m(a) TAURO_I_EACH_54(m, __VA_ARGS__)
#define TAURO_I_EACH_56(m, a, ...) m(a) TAURO_I_EACH_55(m, __VA_ARGS__)
#define TAURO_I_EACH_57(m, a, ...) m(a) TAURO_I_EACH_56(m, __VA_ARGS__)
#define TAURO_I_EACH_58(m, a, ...) m(a) TAURO_I_EACH_57(m, __VA_ARGS__)
#define TAURO_I_EACH_59(m, a, ...) m(a) TAURO_I_EACH_58(m, __VA_ARGS__)
#define TAURO_I_EACH_60(m, a, ...) m(a) TAURO_I_EACH_59(m, __VA_ARGS__)
#define TAURO_I_EACH_61(m, a, ...) m(a) TAURO_I_EACH_60(m, __VA_ARGS__)
#define TAURO_I_EACH_62(m, a, ...) m(a) TAURO_I_EACH_61(m, __VA_ARGS__)
#define TAURO_I_EACH_63(m, a, ...) m(a) TAURO_I_EACH_62(m, __VA_ARGS__)
#define TAURO_I_EACH_64(m, a, ...) m(a) TAURO_I_EACH_63(m, __VA_ARGS__)
#define TAURO_I_EACH_65(m, a, ...) m(a) TAURO_I_EACH_64(m, __VA_ARGS__)
#define TAURO_I_EACH_66(m, a, ...) m(a) TAURO_I_EACH_65(m, __VA_ARGS__)
#define TAURO_I_EACH_67(m, a, ...) m(a) TAURO_I_EACH_66(m, __VA_ARGS__)
#define TAURO_I_EACH_68(m, a, ...) m(a) TAURO_I_EACH_67(m, __VA_ARGS__)
#define TAURO_I_EACH_69(m, a, ...) m(a) TAURO_I_EACH_68(m, __VA_ARGS__)
#define TAURO_I_EACH_70(m, a, ...) m(a) TAURO_I_EACH_69(m, __VA_ARGS__)
#define TAURO_I_EACH_71(m, a, ...) m(a) TAURO_I_EACH_70(m, __VA_ARGS__)
#define TAURO_I_EACH_72(m, a, ...) m(a) TAURO_I_EACH_71(m, __VA_ARGS__)

#endif
