import type { Kind } from '../../model/kinds';

/** What a component is, as far as its image or its name tells. */
export interface Nature {
  readonly kind?: Kind;
  /** It only observes: by looking at others, or by storing and showing what is sent to it. */
  readonly telemetry?: 'observer' | 'backend';
}

/** What metrics exporters stand beside; other things that are called exporters export documents. */
const exported =
  '(?:prometheus|metrics|node|redis|valkey|postgres(?:ql)?|pg|mysqld?|mariadb|mongo(?:db)?|kafka|rabbitmq|nginx|nginx-prometheus|apache|elasticsearch|blackbox|memcached|haproxy|statsd|jmx|snmp|consul|sql|celery|nats|pgbouncer|process|windows|dcgm|zookeeper|clickhouse|cassandra|php-fpm|graphite|influxdb|cloudwatch|systemd|smartctl|docker|container|traefik|envoy|minio|ssl|ping|json|script)[-_]?exporter';

interface Product extends Nature {
  readonly names: string;
}

/**
 * Products by the name of their image. The first match counts, so what only looks at a store (exporters, consoles)
 * stands before the store.
 */
const products: readonly Product[] = [
  {
    telemetry: 'observer',
    names:
      `${exported}|cadvisor|prometheus|alertmanager|pushgateway|grafana(?:-oss|-enterprise|-lgtm)?|grafana/agent|alloy|otel-lgtm|promtail|pyroscope|vmagent|vmalert` +
      '|fluentd[\\w-]*|fluent-bit|fluentbit|log-server|filebeat|metricbeat|heartbeat|packetbeat|apm-server|elastic-agent|kibana|opensearch-dashboards|statsd[\\w-]*|graphite-statsd' +
      '|telegraf|chronograf|kapacitor|netdata|datadog/agent|datadog-agent|agent-datadog|newrelic-infra|timberio/vector|vector|dozzle|logspout|perses|uptime-kuma|configmap-reload|gatus|hystrix-dashboard|turbine|goldpinger|kube-state-metrics',
  },
  {
    telemetry: 'backend',
    names:
      'loki|tempo|mimir|victoria-metrics|victoria-logs|jaeger|jaeger-[a-z-]+|jaegertracing/all-in-one|zipkin|zipkin-slim|zipkin-[a-z]+|opentelemetry-collector[a-z-]*|[\\w-]*otel-?col(?:lector)?[\\w-]*' +
      '|logstash(?:-oss)?|graylog|seq|graphite|skywalking-[a-z-]+|pinpoint-[a-z]+|signoz[a-z-]*',
  },
  {
    kind: 'service',
    names:
      'cortex|thanos|mongo-express|redis-commander|redisinsight|phpredisadmin|pgadmin4?|phpmyadmin|adminer|kafka-ui|akhq|kafdrop|kowl|kafka-manager|cmak|zoonavigator|cp-schema-registry|cp-kafka-connect|cp-kafka-rest|cp-ksqldb-[a-z]+|cp-enterprise-control-center|kafka-connect|postgrest|postgres-meta|elasticsearch-hq|cerebro|rabbitmq-cli-consumer|dynamodb-admin|docker-socket-proxy|[\\w-]*-init|schema-registry',
  },
  {
    kind: 'database',
    names:
      'postgres(?:ql)?(?:-[a-z]+)?|postgis|pgvector|timescaledb(?:-ha)?|timescaledb-postgis|citus|spilo|supabase/postgres|mysql(?:-server|-cluster)?|mariadb(?:-galera|-server)?|percona(?:-server|-xtradb-cluster|-server-mongodb)?|mongo(?:db)?(?:-community-server|-sharded|-atlas-local)?|mssql/server|azure-sql-edge|mssql|mssql-server-linux' +
      '|oracle(?:-xe|-free|/database)?|oracle-xe[\\w-]*|db2|cassandra|scylla|cockroach|yugabyte|tidb|tikv|pd|dynamodb-local|documentdb-local|couchdb|couchbase(?:/server)?|arangodb|orientdb|neo4j|janusgraph|dgraph|rethinkdb|influxdb|questdb|clickhouse(?:-server)?|crate|druid|pinot|surrealdb|ferretdb|edgedb|immudb|qdrant|weaviate|milvus|chroma|libsql-server|rqlite|etcd|zookeeper|cp-zookeeper|docker-zookeeper|consul|hbase|firebird|tarantool|aerospike-server|singlestore[\\w-]*|voltdb-community|foundationdb',
  },
  {
    kind: 'cache',
    names:
      'redis(?:-[a-z-]+)?|redismod|redis/redis-[a-z-]+|valkey(?:-[a-z]+)?|keydb|dragonfly|memcached|hazelcast|ignite|infinispan(?:/server)?|garnet|olric',
  },
  {
    kind: 'queue',
    names:
      'rabbitmq(?:-[a-z]+)?|kafka(?:-native)?|cp-kafka|cp-server|docker-kafka|kafka-kraft|strimzi/kafka|redpanda|nats(?:-server|-streaming)?|activemq[\\w-]*|artemis|pulsar(?:-all|-standalone)?|rocketmq|emqx|eclipse-mosquitto|mosquitto|vernemq|hivemq[\\w-]*|fluxmq|nsqd?|beanstalkd|elasticmq[\\w-]*|alpine-sqs|ibm-mqadvanced-server[\\w-]*|mq|solace-pubsub[\\w-]*|gcloud-pubsub-emulator|servicebus-emulator|eventstore|nanomq|rmqtt',
  },
  {
    kind: 'search',
    names: 'elasticsearch(?:-[a-z]+)?|opensearch|solr|meilisearch|typesense|zinc(?:search)?|manticore|sphinxsearch|quickwit|vespa',
  },
  {
    kind: 'object-store',
    names: 'minio|azurite|fake-gcs-server|s3mock|seaweedfs|ceph(?:/daemon)?|rustfs|garage|localstack-s3|swift[\\w-]*|adobe/s3mock',
  },
  { kind: 'load-balancer', names: 'haproxy|keepalived|seesaw|ipvs' },
  {
    kind: 'gateway',
    names:
      'nginx(?:-[a-z-]+)?|nginxinc/[\\w-]+|openresty|envoy(?:-[a-z-]+)?|envoyproxy/envoy|traefik|caddy|kong|apisix|tyk-gateway|krakend|gravitee[\\w-]*gateway|nginx-proxy-manager|jwilder/nginx-proxy|swag|oauth2-proxy|cloudflared|varnish|ngrok|zoraxy|pomerium|oathkeeper|spring-cloud-gateway|ambassador|openresty-thrift',
  },
  { kind: 'client', names: 'locust|k6|load-test|loadgenerator|load-generator|wrk2?|vegeta|artillery|jmeter|gatling|hey|fortio' },
  { kind: 'dns', names: 'coredns|bind9?|pihole|unbound|adguardhome|dnsmasq|powerdns' },
  { kind: 'scheduler', names: 'ofelia|supercronic|cronicle|dkron' },
];

const matchers = products.map(({ names, ...nature }) => ({ nature, pattern: new RegExp(`(?:^|/)(?:${names})$`) }));

/** What a public image is; undefined for one that is not known. */
export function natureOfImage(image: string): Nature | undefined {
  const name = repositoryOf(image);
  return matchers.find(({ pattern }) => pattern.test(name))?.nature;
}

/** `registry:5000/group/name:tag@digest` as `group/name`. */
export function repositoryOf(image: string): string {
  const bare = image
    .toLowerCase()
    .replace(/@.*$/, '')
    .replace(/:[^/]*$/, '');
  return bare.split('/').slice(-2).join('/');
}

/** Names that people give to their own builds of things; the last word tells. */
const hints: readonly { readonly nature: Nature; readonly pattern: RegExp }[] = [
  {
    nature: { telemetry: 'observer' },
    pattern: new RegExp(`(?:^|[-_.])${exported}$`),
  },
  {
    nature: { telemetry: 'observer' },
    pattern:
      /(?:^|[-_.])(?:prometheus|grafana|kibana|cadvisor|alertmanager|loki|promtail|logstash|filebeat|metricbeat|fluentd|fluentbit|fluent-bit|zipkin|jaeger|jaeger-[a-z-]+|otel|otelcol|otel-?collector|opentelemetry[a-z-]*|telemetry|monitoring|pushgateway|log-server|statsd|telegraf|skywalking(?:-[a-z]+)?|signoz)(?:-(?:server|ui|agent|collector))?$/,
  },
  {
    nature: { kind: 'client' },
    pattern:
      /^(?:.*-)?(?:load-?gen(?:erator)?|load-?test(?:er)?|locust|k6|traffic-?gen(?:erator)?|user-sim(?:ulator)?)$|^(?:load|traffic|virtual-(?:customer|worker|user)s?)$/,
  },
  { nature: { kind: 'scheduler' }, pattern: /(?:^|[-_.])(?:scheduler|cron|crontab|celery-?beat|beat)$/ },
  {
    nature: { kind: 'worker' },
    pattern:
      /(?:^|[-_.])(?:workers?|consumers?|sidekiq|celery|background-?tasks?|background-?jobs?|eventhandler|queue-master)$|(?:^|-)workers?-/,
  },
  { nature: { kind: 'search' }, pattern: /(?:^|[-_.])(?:elasticsearch|elastic|opensearch|solr|meilisearch|typesense)$/ },
  { nature: { kind: 'cache' }, pattern: /(?:^|[-_.])(?:redis|valkey|memcached?|cache)$/ },
  {
    nature: { kind: 'queue' },
    pattern: /(?:^|[-_.])(?:rabbitmq|rabbit|kafka|nats|activemq|mosquitto|mqtt|broker|message-?(?:bus|queue|broker)|event-?bus)$/,
  },
  { nature: { kind: 'object-store' }, pattern: /(?:^|[-_.])(?:minio|object-?store|s3)$/ },
  {
    nature: { kind: 'database' },
    pattern: /(?:^|[-_.])(?:[a-z]*db|dynamodb-?local|database|postgres(?:ql)?|mysql|mariadb|mongo|cassandra|zookeeper|etcd|consul)$/,
  },
  { nature: { kind: 'load-balancer' }, pattern: /(?:^|[-_.])(?:load-?balancer|lb|haproxy)$/ },
  {
    nature: { kind: 'gateway' },
    pattern:
      /^(?:.*[-_.])?(?:api-?gateway|apigw|ingress|reverse-?proxy|nginx|envoy|traefik|caddy|openresty|edge-router)$|^(?:gateway|proxy|router|edge|web-?gateway|[a-z]*apigw)$/,
  },
];

/** What the name of a service (or the last part of a private image) suggests. */
export function natureOfName(name: string): Nature | undefined {
  const lower = name.toLowerCase();
  return hints.find(({ pattern }) => pattern.test(lower))?.nature;
}
