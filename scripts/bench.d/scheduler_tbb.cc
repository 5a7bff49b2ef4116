// The least that a graph of nodes that do nothing costs in memory: a task of oneTBB for each node, begun by the last of
// those that it waits for. scheduler_tbb GRAPH THREADS prints seconds from the graph in memory to the end of its last task.
#define TBB_PREVIEW_TASK_GROUP_EXTENSIONS 1
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/task_group.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

struct Graph {
    std::vector<std::atomic<int>> missing;
    std::vector<std::vector<int>> dependents;
    std::atomic<long> ended{0};
    tbb::task_group tasks;

    explicit Graph(const std::vector<std::vector<int>> &dependencies)
        : missing(dependencies.size()), dependents(dependencies.size()) {
        for (size_t node = 0; node < dependencies.size(); node++) {
            missing[node] = static_cast<int>(dependencies[node].size());
            for (int source : dependencies[node]) dependents[source].push_back(static_cast<int>(node));
        }
    }

    tbb::task_handle task(int node) {
        return tasks.defer([this, node]() -> tbb::task_handle { return end(node); });
    }

    // The first node that becomes ready follows on this thread, the others may go to any.
    tbb::task_handle end(int node) {
        ended.fetch_add(1, std::memory_order_relaxed);
        tbb::task_handle next;
        for (int target : dependents[node]) {
            if (missing[target].fetch_sub(1) != 1) continue;
            if (next) tasks.run(task(target));
            else next = task(target);
        }
        return next;
    }

    void run() {
        std::vector<int> first;
        for (size_t node = 0; node < missing.size(); node++)
            if (missing[node] == 0) first.push_back(static_cast<int>(node));
        for (int node : first) tasks.run(task(node));
        tasks.wait();
    }
};

int main(int, char **arguments) {
    tbb::global_control threads(tbb::global_control::max_allowed_parallelism, std::atoi(arguments[2]));
    std::vector<std::vector<int>> dependencies;
    std::ifstream file(arguments[1]);
    for (std::string line; std::getline(file, line);) {
        std::istringstream words(line);
        std::vector<int> sources;
        for (int source; words >> source;) sources.push_back(source);
        dependencies.push_back(sources);
    }
    Graph graph(dependencies);
    auto began = std::chrono::steady_clock::now();
    graph.run();
    std::chrono::duration<double> taken = std::chrono::steady_clock::now() - began;
    if (graph.ended != static_cast<long>(dependencies.size())) return 1;
    std::printf("%.9f\n", taken.count());
}
