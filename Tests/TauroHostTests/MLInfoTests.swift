import Foundation
import Testing

/// What reaches an ML node: the call over the node over its pipeline over `ml_info` over the global settings.
@Suite struct MLInfoTests {
    private func project() throws -> TestProject {
        let project = try TestProject(
            nodes: "learn: {function: m.learn, hyperparams: {b: 4}}\n",
            pipeline: ["learn"],
            settings: "default_hyperparams: {a: 1, b: 1, c: 1, d: 1, e: 1}\ndefault_model_version: v1\n"
        )
        try project.scratch.write(
            "p: {nodes: [learn], hyperparams: {b: 3, c: 3}}\n",
            to: "project/config/pipelines.yaml"
        )
        try project.scratch.write(
            "hyperparameters: {b: 2, c: 2, d: 2}\nmodel_version: v2\n",
            to: "project/config/ml_info.yaml"
        )
        try project.plugin(
            "learner",
            """
            #include <tauro/tauro.h>
            TAURO_PLUGIN("learner", "1.0.0");
            TAURO_NODE(m_learn, "m.learn", TAURO_RETURNS(nothing), TAURO_ML) {
              tauro_log(call, TAURO_LOG_INFO, tauro_ml_json(ml));
              return TAURO_OK;
            }
            """
        )
        return project
    }

    @Test func nearerSettingsWin() throws {
        let result = try project().host("run", "p", "--progress", "plain")
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.errors.contains(#""hyperparams":{"a":1,"b":4,"c":3,"d":2,"e":1},"model_version":"v2""#))
    }

    @Test func theCallWins() throws {
        let result = try project().host(
            "run",
            "p",
            "--progress",
            "plain",
            "--hyperparam",
            "a=7",
            "--hyperparam",
            "b=0.05",
            "--hyperparam",
            "c=true",
            "--hyperparam",
            "d=x=y",
            "--hyperparam",
            "e=",
            "--hyperparam",
            "a=9",
            "--model-version",
            "v9"
        )
        #expect(result.status == 0, "\(result.errors)")
        let expected = #""hyperparams":{"a":9,"b":0.05,"c":true,"d":"x=y","e":""},"model_version":"v9""#
        #expect(result.errors.contains(expected), "\(result.errors)")
    }

    @Test(arguments: ["a", "=1"])
    func whatIsNoNameWithAValue(_ text: String) throws {
        let result = try HostProcess.run(["run", "p", "--hyperparam", text])
        #expect(result.status == 2)
        #expect(result.errors.contains("--hyperparam <name=value>"))
    }
}
