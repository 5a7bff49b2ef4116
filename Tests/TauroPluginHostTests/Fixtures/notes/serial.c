/* A plugin that takes one call at a time; its notes are in serial/. */
#include <tauro/tauro.h>

TAURO_PLUGIN_SERIAL("golden serial", "0");
