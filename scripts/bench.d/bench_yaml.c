/* What libyaml alone needs: parses YAML files to events and throws these away. */
#include <stdio.h>
#include <yaml.h>

static int parse(const char *path) {
  yaml_parser_t parser;
  yaml_event_t event;
  FILE *file = fopen(path, "rb");
  int ended = 0;
  if (!file || !yaml_parser_initialize(&parser)) return 1;
  yaml_parser_set_input_file(&parser, file);
  while (!ended && yaml_parser_parse(&parser, &event)) {
    ended = event.type == YAML_STREAM_END_EVENT;
    yaml_event_delete(&event);
  }
  yaml_parser_delete(&parser);
  fclose(file);
  return ended ? 0 : 1;
}

int main(int count, char **arguments) {
  for (int i = 1; i < count; i++) {
    if (parse(arguments[i]) != 0) {
      fprintf(stderr, "%s: can not be parsed\n", arguments[i]);
      return 1;
    }
  }
  return 0;
}
