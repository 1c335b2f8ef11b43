import { strict as assert } from 'node:assert';
import { edgesOf, read } from './helpers';

const environment = (line: string): readonly string[] => edgesOf(`environment:\n  ${line}`);

describe('dependencies in environment values', () => {
  const found: readonly string[] = [
    'X: http://db/path',
    'X: http://db',
    'X: postgres://user:p@ss@db:5432/shop',
    'X: jdbc:mysql://db:3306/shop?useSSL=false',
    'X: jdbc:oracle:thin:@db:1521/XE',
    'X: jdbc:sqlserver://db:1433;databaseName=shop',
    'X: amqp://db',
    'X: db:5432',
    'X: user:secret@tcp(db:3306)/shop',
    'X: sa@db/shop',
    'X: Server=db;Database=shop;User Id=sa',
    'X: server=tcp:db,1433;Initial Catalog=shop',
    'X: Data Source=db;User=sa',
    'X: host=db port=5432 user=shop',
    'X: dns:///db:50051',
    'X: -Dspring.datasource.url=jdbc:postgresql://db:5432/shop -Xmx64m',
    'X: \'{"url": "http://db:80"}\'',
    'DB_HOST: db',
    'DB_ADDR: db',
    'DB_URL: db',
    'MONGO_SERVERS: db',
    'ES_NODES: db',
    'CASSANDRA_SEEDS: db',
    'PGHOST: db:5432',
    'ConnectionStrings__Shop: db',
    'EventBusConnection: db',
    'urls__basket: http://db',
    'HOSTS__0: db',
    'BACKEND_ISSUER_URL: http://db',
  ];
  for (const line of found) it(`finds it in ${line}`, () => assert.deepEqual(environment(line), ['app -> db']));

  const passed: readonly string[] = [
    'POSTGRES_DB: db',
    'DB_DRIVER: db',
    'DB_TYPE: db',
    'CACHE_NAME: cache',
    'GREETING: the db is fine',
    'PREFIX: db-',
    'PUBLIC_URL: http://db',
    'EXTERNAL_HOST: db',
    'OAUTH_CALLBACK_URL: http://db',
    'REDIRECT_URI: http://db/x',
    'JWT_ISSUER: http://db',
    'KAFKA_ADVERTISED_LISTENERS: PLAINTEXT://db:9092',
    'SWAGGER_URL: http://db',
    'SelfUrl: http://db',
    'CORS_ORIGINS: http://db',
    'ALLOWED_HOSTS: db',
    'NO_PROXY: db,api',
    'DB_IMAGE: db:17',
    'FILE: file://db/x',
    'BUCKET: s3://db/x',
    'X: https://db.example.com',
    'X: http://my-db:80',
    'X: http://localhost:80/db',
    'SELF: http://app:80',
  ];
  for (const line of passed) it(`finds nothing in ${line}`, () => assert.deepEqual(environment(line), []));

  it('shows the value, and not the key', () => {
    const project = read(
      'services:\n  db: { image: postgres }\n  a:\n    image: a\n    environment:\n      - DB=postgres://u@db/x\n  b:\n    image: b\n    environment:\n      DB: "postgres://u@db/x"\n',
    );
    assert.equal(project.evidence('a -> db'), 'postgres://u@db/x');
    assert.equal(project.evidence('b -> db'), '"postgres://u@db/x"');
  });
});

describe('names on the network', () => {
  it('are service keys, container names, network aliases and links', () => {
    const project = read(`services:
  db: { image: postgres, container_name: shop-db }
  cache: { image: redis, networks: { back: { aliases: [fast] } } }
  api: { image: acme/api, hostname: front }
  app:
    image: acme/app
    links: ['api:backend']
    environment: { A: 'http://shop-db:1', B: 'http://fast:1', C: 'http://backend:1', D: 'http://front:1', E: 'http://TASKS.cache:1' }
`);
    assert.deepEqual(project.edges, ['app -> api', 'app -> cache', 'app -> db']);
  });

  it('may be fixed addresses', () => {
    const project = read(
      "services:\n  db: { image: postgres, networks: { back: { ipv4_address: 10.0.0.2 } } }\n  app: { image: acme/app, environment: { DB_HOST: '10.0.0.2' } }\n",
    );
    assert.deepEqual(project.edges, ['app -> db']);
  });

  it('do not include a host name of their own', () => {
    assert.deepEqual(
      read('services:\n  api: { image: acme/api, hostname: front }\n  app: { image: acme/app, environment: { X_URL: "http://front" } }\n')
        .edges,
      [],
    );
  });
});

describe('dependencies elsewhere in a service', () => {
  it('are in command and entry point', () => {
    assert.deepEqual(edgesOf('command: serve --db=postgres://db/x --cache cache:6379'), ['app -> cache', 'app -> db']);
    assert.deepEqual(edgesOf('entrypoint: [run, -h, db]'), ['app -> db']);
    assert.deepEqual(edgesOf('command: ["run", "--api-addr", "api"]'), ['app -> api']);
    assert.deepEqual(edgesOf('command: run api db'), []);
  });

  it('are start order where a command only waits', () => {
    assert.deepEqual(edgesOf('command: ["./wait-for-it.sh", "db:5432", "--", "run", "--api=api:80"]'), ['app -> api', 'app .. db']);
    assert.deepEqual(edgesOf("command: sh -c 'until nc -z db 5432; do sleep 1; done; run http://api'"), ['app -> api']);
  });

  it('take what the shell of the container fills in', () => {
    assert.deepEqual(edgesOf('environment:\n  TARGET: db\ncommand: run --to=tcp://$$TARGET:80'), ['app -> db']);
  });

  it('are start order in depends_on and links, until something else confirms them', () => {
    assert.deepEqual(edgesOf('depends_on: [db, api]\nlinks: [cache]'), ['app .. api', 'app .. cache', 'app .. db']);
    assert.deepEqual(edgesOf('depends_on:\n  db: { condition: service_healthy }\nenvironment:\n  DB_HOST: db'), ['app -> db']);
  });

  it('are in the labels by which a proxy finds what it routes to', () => {
    const project = read(`services:
  edge: { image: 'traefik:v3' }
  app: { image: acme/app, labels: ['traefik.enable=true', 'traefik.http.routers.app.rule=Host(\`x\`)'] }
  off: { image: acme/off, labels: { traefik.enable: "false", traefik.http.routers.off.rule: x } }
  none: { image: acme/none }
`);
    assert.deepEqual(project.edges, ['edge -> app']);
    assert.equal(project.evidence('edge -> app'), 'traefik.http.routers.app.rule');
    assert.deepEqual(
      read('services:\n  p: { image: nginxproxy/nginx-proxy }\n  a: { image: acme/a, environment: { VIRTUAL_HOST: a.test } }\n').edges,
      ['p -> a'],
    );
    assert.deepEqual(read('services:\n  app: { image: acme/app, labels: [traefik.enable=true] }\n  b: { image: acme/b }\n').edges, []);
  });

  it('to a broker are asynchronous, and from a broker are calls and no deliveries', () => {
    const project = read(`services:
  zookeeper: { image: 'zookeeper:3' }
  kafka: { image: 'bitnami/kafka:3', environment: { KAFKA_ZOOKEEPER_CONNECT: 'zookeeper:2181' } }
  api: { image: acme/api, environment: { BROKERS: 'kafka:9092' }, depends_on: [kafka] }
`);
    assert.deepEqual(project.edges, ['api ~> kafka', 'kafka -> zookeeper']);
    const call = project.fragment.elements.find((element) => element.kind === 'call' && element.value.from === 'kafka');
    assert.equal(call?.kind === 'call' && call.value.async, false);
  });

  it('of a sidecar are those of the service in whose network it runs', () => {
    const project = read(`services:
  db: { image: postgres }
  app: { image: acme/app }
  proxy: { image: acme/proxy, network_mode: 'service:app', environment: { DB_HOST: db } }
  web: { image: acme/web, environment: { API_URL: 'http://proxy:80' } }
`);
    assert.deepEqual(project.edges, ['app -> db', 'web -> app']);
    assert.deepEqual([...project.components.keys()], ['db', 'app', 'web']);
  });
});

describe('telemetry', () => {
  const project = read(`services:
  app: { image: acme/app, environment: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://otel:4317', DB_HOST: db }, depends_on: [jaeger] }
  db: { image: postgres }
  otel: { image: otel/opentelemetry-collector, command: [--to=jaeger:4317] }
  jaeger: { image: jaegertracing/all-in-one, environment: { ES_SERVER_URLS: 'http://es:9200' } }
  es: { image: elasticsearch }
  exporter: { image: prometheuscommunity/postgres-exporter, environment: { DATA_SOURCE_NAME: 'postgres://db:5432/x' } }
  status: { image: acme/status, environment: { HealthChecksUI__HealthChecks__0__Uri: 'http://app/hc', HealthChecksUI__HealthChecks__1__Uri: 'http://db/hc' } }
`);

  it('is kept apart, in both directions and for start order too', () => {
    assert.deepEqual(project.edges, [
      'app %% jaeger',
      'app %% otel',
      'app -> db',
      'exporter %% db',
      'jaeger %% es',
      'otel %% jaeger',
      'status %% app',
      'status %% db',
    ]);
  });

  it('is what its products are, a page that polls, and a store that only those use', () => {
    const observing = [...project.components].filter(([, component]) => component.telemetry).map(([name]) => name);
    assert.deepEqual(observing, ['otel', 'jaeger', 'es', 'exporter', 'status']);
  });

  it('is not set apart in a project that is about nothing else', () => {
    const stack = read(
      'services:\n  es: { image: elasticsearch }\n  jaeger: { image: jaegertracing/jaeger, command: [--es=http://es:9200] }\n  prom: { image: prom/prometheus, command: [--x=http://jaeger:1] }\n',
    );
    assert.deepEqual(stack.edges, ['jaeger -> es', 'prom %% jaeger']);
    assert.equal(stack.components.get('jaeger')?.telemetry, undefined);
  });

  it('is not every export', () => {
    assert.equal(
      read('services:\n  pdf-exporter: { image: acme/exporter }\n  a: { image: acme/a }\n').components.get('pdf-exporter')?.telemetry,
      undefined,
    );
  });
});
