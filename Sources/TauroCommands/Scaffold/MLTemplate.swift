/// The template `ml`: a model of rents, from features to predictions.
enum MLTemplate {
    static let content = ProjectTemplate.Content(
        opening: """
            A pipeline for tauro-host with four nodes in C: flats become features, a model of the rent is trained on most of
            them and evaluated on the others, and predicts what each flat would cost.
            """,
        pipeline: "rents",
        result: "gold.predictions",
        source: source,
        settings: """
            # Results land in out/<parts of the output's id>/, for example out/gold/predictions/.
            output_path: out
            """,
        pipelines: """
            # A pipeline is a list of nodes; a node starts as soon as what it reads is there. Nodes of an ml pipeline get the
            # hyperparameters of the run.
            rents:
              type: ml
              description: "The rent of a flat by its size"
              nodes:
                - build_features
                - train_model
                - evaluate_model
                - predict_rents
            """,
        nodes: nodes,
        input: """
            # Where data comes from. Types are inferred unless `schema` declares them.
            flats:
              format: csv
              path: data/flats.csv
            """,
        mlInfo: """
            # What the nodes of ml pipelines are told. What a pipeline or a node sets itself wins.
            hyperparams:
              test_every: 4 # every fourth flat is kept for the evaluation
              ridge: 10.0 # how much a steep model is held back
            """,
        data: [("flats.csv", flats)]
    )

    private static let nodes = """
        # What each node calls, reads and writes. An input is the output of another node, which makes this node wait for that
        # one, or an entry of input.yaml.
        build_features:
          function: {{name}}.features.build
          input: [flats]
          output: silver.features

        train_model:
          function: {{name}}.model.train
          input: [silver.features]
          output: models.rent

        evaluate_model:
          function: {{name}}.model.evaluate
          input: [models.rent, silver.features]
          output: gold.evaluation

        predict_rents:
          function: {{name}}.model.predict
          input: [models.rent, silver.features]
          output: gold.predictions
        """

    private static let source = #"""
        /* The nodes of {{name}}: a straight line through the rents of flats by their size, fitted by ridge regression.
         *
         * Hyperparameters belong to the run: the host hands them to the nodes that say TAURO_ML.
         */
        #include <tauro/tauro.h>

        TAURO_PLUGIN("{{name}}", "0.1.0");

        /* Runs a query over the node's inputs, with one value of the node's own, and makes its result the node's. */
        static int32_t emit_query_with(const tauro_call *call, const char *sql, tauro_binding value, tauro_output *out) {
          tauro_frame *result = NULL;
          int32_t status = tauro_sql_with(call, NULL, sql, &value, 1, &result);
          return status != TAURO_OK ? status : tauro_emit_frame(out, result);
        }

        TAURO_NODE({{name}}_build_features, "{{name}}.features.build",
                   TAURO_DOC("Flats with their size and rent; every `test_every`-th is kept for the evaluation."),
                   TAURO_FRAME(flats), TAURO_ML) {
          int64_t test_every = tauro_hyperparam_i64(ml, "test_every", 5);
          if (test_every < 2) {
            return tauro_fail(call, TAURO_E_INVALID, "test_every is %lld; it must be 2 or more", (long long)test_every);
          }
          return emit_query_with(call,
                                 "SELECT flat_id, CAST(size AS DOUBLE) AS size, CAST(rent AS DOUBLE) AS rent,"
                                 " flat_id % $test_every = 0 AS is_test FROM flats"
                                 " WHERE size > 0 AND rent > 0 ORDER BY flat_id",
                                 (tauro_binding){.name = "test_every", .kind = TAURO_BIND_I64, .value.i64 = test_every},
                                 out);
        }

        TAURO_NODE({{name}}_train_model, "{{name}}.model.train",
                   TAURO_DOC("The line through the flats that are not kept for the evaluation: one row."),
                   TAURO_FRAME(features), TAURO_ML) {
          return emit_query_with(
              call,
              "WITH training AS (SELECT size, rent FROM features WHERE NOT is_test),"
              " means AS (SELECT avg(size) AS mean_size, avg(rent) AS mean_rent, count(*) AS flats FROM training),"
              " fit AS (SELECT sum((size - mean_size) * (rent - mean_rent))"
              "   / (sum((size - mean_size) * (size - mean_size)) + $ridge) AS slope FROM training CROSS JOIN means)"
              " SELECT mean_rent - slope * mean_size AS intercept, slope, flats FROM fit CROSS JOIN means",
              (tauro_binding){
                  .name = "ridge", .kind = TAURO_BIND_F64, .value.f64 = tauro_hyperparam_f64(ml, "ridge", 0.0)},
              out);
        }

        /* The number in the first row and column of a frame of doubles. Structures that a call filled are ours to release. */
        static int32_t first_number(const tauro_call *call, const tauro_frame *frame, double *number) {
          struct ArrowArrayStream stream;
          int32_t status = tauro_frame_stream(call, frame, &stream);
          if (status != TAURO_OK) return status;
          struct ArrowArray batch = {0};
          if (stream.get_next(&stream, &batch) != 0 || !batch.release || batch.length == 0) {
            status = tauro_fail(call, TAURO_E_INTERNAL, "there is no first row");
          } else {
            const struct ArrowArray *column = batch.children[0];
            *number = ((const double *)column->buffers[1])[column->offset];
          }
          if (batch.release) batch.release(&batch);
          stream.release(&stream);
          return status;
        }

        TAURO_NODE({{name}}_evaluate_model, "{{name}}.model.evaluate",
                   TAURO_DOC("How far the model is from the rents that it was not trained on; `rmse` is a metric of the run."),
                   TAURO_FRAME(model), TAURO_FRAME(features)) {
          tauro_frame *evaluation = NULL;
          double rmse = 0;
          int32_t status = tauro_sql(call,
                                     "SELECT coalesce(sqrt(avg(error * error)), 0.0) AS rmse, avg(abs(error)) AS mean_error,"
                                     " count(*) AS flats FROM (SELECT rent - (intercept + slope * size) AS error"
                                     " FROM features CROSS JOIN model WHERE is_test) AS errors",
                                     &evaluation);
          if (status == TAURO_OK) status = first_number(call, evaluation, &rmse);
          if (status != TAURO_OK) return status;
          tauro_metric(call, "rmse", rmse);
          return tauro_emit_frame(out, evaluation);
        }

        TAURO_NODE({{name}}_predict_rents, "{{name}}.model.predict",
                   TAURO_DOC("What each flat costs, and what it would by the model."), TAURO_FRAME(model),
                   TAURO_FRAME(features)) {
          tauro_frame *predictions = NULL;
          int32_t status = tauro_sql(call,
                                     "SELECT flat_id, size, rent, round(intercept + slope * size, 2) AS predicted"
                                     " FROM features CROSS JOIN model ORDER BY flat_id",
                                     &predictions);
          return status != TAURO_OK ? status : tauro_emit_frame(out, predictions);
        }
        """#

    private static let flats = """
        flat_id,size,rent
        1,38,610
        2,52,795
        3,71,1010
        4,45,700
        5,88,1230
        6,64,905
        7,33,560
        8,57,840
        9,95,1325
        10,49,735
        11,80,1120
        12,68,975
        13,41,655
        14,102,1410
        15,60,880
        16,76,1065
        """
}
