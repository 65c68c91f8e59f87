import static org.codelibs.opensearch.runner.OpenSearchRunner.newConfigs;

import org.codelibs.opensearch.runner.OpenSearchRunner;

/** One OpenSearch node in this JVM:  java OsNode.java FOLDER ME HTTP_PORT TRANSPORT_PORT,... (one port a node, ME counts from 0). */
public class OsNode {
    public static void main(String[] arguments) throws Exception {
        String folder = arguments[0];
        int me = Integer.parseInt(arguments[1]);
        String http = arguments[2];
        String[] transports = arguments[3].split(",");
        String[] names = new String[transports.length];
        String[] seeds = new String[transports.length];
        for (int i = 0; i < transports.length; i++) {
            names[i] = "node-" + i;
            seeds[i] = "127.0.0.1:" + transports[i];
        }
        OpenSearchRunner runner = new OpenSearchRunner();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                runner.close();
            } catch (Exception error) {
                error.printStackTrace();
            }
        }));
        runner.onBuild((number, settings) -> {
            settings.put("node.name", names[me]);
            settings.put("network.host", "127.0.0.1");
            settings.put("http.port", http);
            settings.put("transport.port", transports[me]);
            settings.put("discovery.type", "zen"); // by itself the runner makes a lone node that never joins others
            settings.putList("discovery.seed_hosts", seeds);
            settings.putList("cluster.initial_cluster_manager_nodes", names);
            settings.put("discovery.initial_state_timeout", "0s"); // the nodes start together; who waits asks for health
            settings.put("action.auto_create_index", false);
            settings.put("node.processors", "1");
            settings.put("cluster.routing.allocation.disk.threshold_enabled", false);
            settings.put("cluster.fault_detection.leader_check.interval", "500ms");
            settings.put("cluster.fault_detection.follower_check.interval", "500ms");
        }).build(newConfigs().basePath(folder).clusterName("finding-aid-tests").numOfNode(1)
                .disableESLogger());
        while (!runner.isClosed()) {
            Thread.sleep(1000);
        }
    }
}
