import { strict as assert } from 'node:assert';
import { read } from './helpers';

describe('kinds', () => {
  const images: Readonly<Record<string, string>> = {
    'postgres:17-alpine': 'database',
    'docker.io/library/mysql': 'database',
    'mcr.microsoft.com/mssql/server:2022-latest': 'database',
    'localhost:5000/bitnami/postgresql:16@sha256:abc': 'database',
    'clickhouse/clickhouse-server': 'database',
    'redis:alpine': 'cache',
    'redis/redis-stack-server': 'cache',
    'valkey/valkey:8': 'cache',
    memcached: 'cache',
    'rabbitmq:3-management-alpine': 'queue',
    'confluentinc/cp-kafka:7.5.0': 'queue',
    'nats:2': 'queue',
    'eclipse-mosquitto': 'queue',
    'docker.elastic.co/elasticsearch/elasticsearch:8.1.0': 'search',
    'minio/minio': 'object-store',
    'nginx:1.27': 'gateway',
    'envoyproxy/envoy:v1.30': 'gateway',
    'traefik:v3': 'gateway',
    'haproxy:3': 'load-balancer',
    'grafana/k6': 'client',
    'mongo-express': 'service',
    'dpage/pgadmin4': 'service',
    'postgrest/postgrest': 'service',
  };
  const kindOf = (name: string, image: string): string | undefined =>
    read(`services:\n  ${name}: { image: '${image}' }\n  other: { image: acme/x }\n`).components.get(name)?.kind;
  for (const [image, kind] of Object.entries(images)) it(`knows ${image}`, () => assert.equal(kindOf('x', image), kind));

  for (const image of [
    'oliver006/redis_exporter',
    'quay.io/prometheus/node-exporter:v1',
    'prom/prometheus',
    'grafana/grafana',
    'jaegertracing/all-in-one:1',
    'datalust/seq',
    'otel/opentelemetry-collector-contrib',
  ]) {
    it(`knows that ${image} only observes`, () => {
      const component = read(`services:\n  x: { image: '${image}' }\n  other: { image: acme/x }\n`).components.get('x');
      assert.deepEqual([component?.telemetry, component?.kind], [true, undefined]);
    });
  }

  const names: Readonly<Record<string, string | undefined>> = {
    'user-db': 'database',
    'session-cache': 'cache',
    'order-worker': 'worker',
    'celery-beat': 'scheduler',
    'api-gateway': 'gateway',
    'load-generator': 'client',
    'message-broker': 'queue',
    database: 'database',
    payment: undefined,
    'payment-gateway-client': undefined,
    'queue-api': undefined,
  };
  for (const [name, kind] of Object.entries(names))
    it(`takes ${name} of a private image for ${kind ?? 'nothing special'}`, () => assert.equal(kindOf(name, 'acme/it'), kind));

  it('trusts the image before the name', () => assert.equal(kindOf('order-db', 'redis'), 'cache'));
});

describe('what a component carries', () => {
  const text = `services:
  app:
    image: acme/app
    deploy: { replicas: 2 }
    healthcheck:
      test: [CMD, curl, x]
      interval: 1m30s
      timeout: 5s
      retries: 4
  short: { image: acme/a, scale: 3, healthcheck: { test: x } }
  off: { image: acme/b, healthcheck: { disable: true } }
  none: { image: acme/c, healthcheck: { test: [NONE] } }
  all: { image: acme/d, deploy: { mode: global } }
  plain: { build: . }
  filled: { image: acme/e, deploy: { replicas: '\${N:-4}' } }
`;
  const project = read(text);

  it('is what was written, and the defaults of compose within a health check', () => {
    assert.deepEqual(project.components.get('app'), {
      name: 'app',
      replicas: 2,
      healthCheck: { interval: 90, timeout: 5, unhealthyAfter: 4 },
      source: 'compose',
    });
    assert.deepEqual(project.components.get('short'), {
      name: 'short',
      replicas: 3,
      healthCheck: { interval: 30, timeout: 30, unhealthyAfter: 3 },
      source: 'compose',
    });
    assert.equal(project.components.get('off')?.healthCheck, 'none');
    assert.equal(project.components.get('none')?.healthCheck, 'none');
    assert.deepEqual(project.components.get('plain'), { name: 'plain', source: 'compose' });
    assert.equal(project.components.get('filled')?.replicas, 4);
  });

  it('is nothing about replicas where there is one on every node', () => {
    assert.deepEqual(project.components.get('all'), { name: 'all', managed: true, source: 'compose' });
  });

  it('stands at exact places', () => {
    const app = project.fragment.elements.find(({ name }) => name === 'app');
    assert.ok(app);
    const at = (span: { start: number; end: number } | undefined): string | undefined =>
      span && project.textAt({ file: app.origin.file, span });
    assert.equal(at(app.origin.name), 'app');
    assert.equal(at(app.origin.entry)?.split('\n').length, 8);
    assert.equal(at(app.origin.keys.get('replicas')?.value), '2');
    assert.equal(at(app.origin.keys.get('replicas')?.key), 'replicas');
    assert.equal(at(app.origin.keys.get('healthCheck')?.key), 'healthcheck');
    assert.equal(at(app.origin.keys.get('healthCheck.interval')?.value), '1m30s');
    assert.equal(at(app.origin.keys.get('healthCheck.unhealthyAfter')?.value), '4');
  });

  it('has no journeys and no objectives', () => {
    assert.deepEqual(new Set(project.fragment.elements.map(({ kind }) => kind)), new Set(['component']));
  });
});

describe('numbered siblings', () => {
  it('are replicas of one component, with the places of all', () => {
    const project = read(`services:
  zoo1: { image: zookeeper }
  zoo2: { image: zookeeper }
  zoo3: { image: zookeeper }
  kafka-1: { image: bitnami/kafka, environment: { ID: 1, ZK_CONNECT: 'zoo1:2181,zoo2:2181,zoo3:2181' }, healthcheck: { test: x, interval: 5s } }
  kafka-2: { image: bitnami/kafka, environment: { ID: 2, ZK_CONNECT: 'zoo1:2181,zoo2:2181,zoo3:2181' } }
  app: { image: acme/app, environment: { KAFKA_BROKERS: 'kafka-1:9092,kafka-2:9092' }, depends_on: [kafka-1] }
`);
    assert.deepEqual(project.edges, ['app ~> kafka', 'kafka -> zoo']);
    assert.equal(project.components.get('kafka')?.replicas, 2);
    assert.deepEqual(project.components.get('kafka')?.failover, { automatic: true });
    assert.deepEqual(project.components.get('zoo'), { name: 'zoo', kind: 'database', replicas: 3, needs: 2, source: 'compose' });
    const places = project.fragment.elements
      .filter(({ name }) => name === 'zoo')
      .map(({ origin }) => project.textAt({ file: origin.file, span: origin.name }));
    assert.deepEqual(places, ['zoo1', 'zoo2', 'zoo3']);
  });

  it('include the one without a number', () => {
    const project = read(
      'services:\n  web: { image: acme/web }\n  web2: { image: acme/web }\n  edge: { image: nginx, command: [--to=web:80, --to=web2:80] }\n',
    );
    assert.deepEqual(
      [...project.components],
      [
        ['web', { name: 'web', replicas: 2, source: 'compose' }],
        ['edge', { name: 'edge', kind: 'gateway', source: 'compose' }],
      ],
    );
  });

  const separate = (text: string): readonly string[] => [...read(`services:\n${text}`).components.keys()];

  it('stay apart with other images, builds or commands', () => {
    assert.deepEqual(separate('  db1: { image: postgres:15 }\n  db2: { image: postgres:16 }\n'), ['db1', 'db2']);
    assert.deepEqual(separate('  svc1: { build: ./one }\n  svc2: { build: ./two }\n'), ['svc1', 'svc2']);
    assert.deepEqual(separate('  svc1: { image: x, command: serve }\n  svc2: { image: x, command: migrate }\n'), ['svc1', 'svc2']);
  });

  it('stay apart where somebody calls them one by one', () => {
    assert.deepEqual(
      separate(
        "  svc1: { image: x }\n  svc2: { image: x }\n  edge: { image: nginx, environment: { A_URL: 'http://svc1', B_URL: 'http://svc2' } }\n",
      ),
      ['svc1', 'svc2', 'edge'],
    );
    assert.deepEqual(
      separate(
        '  db1: { image: mongo }\n  db2: { image: mongo }\n  a: { image: a, environment: { DB_HOST: db1 } }\n  b: { image: b, environment: { DB_HOST: db2 } }\n',
      ),
      ['db1', 'db2', 'a', 'b'],
    );
  });

  it('are stores of one image that are listed together, too', () => {
    const project = read(
      "services:\n  mongo-a: { image: mongo }\n  mongo-b: { image: mongo }\n  app: { image: acme/app, environment: { URL: 'mongodb://mongo-a:27017,mongo-b:27017/x' } }\n",
    );
    assert.deepEqual(project.edges, ['app -> mongo']);
    assert.equal(project.components.get('mongo')?.replicas, 2);
  });

  it('are not different things in one list', () => {
    assert.deepEqual(
      read(
        "services:\n  users: { image: acme/u }\n  orders: { image: acme/o }\n  edge: { image: nginx, environment: { HOSTS: 'users,orders' } }\n",
      ).edges,
      ['edge -> orders', 'edge -> users'],
    );
  });
});

describe('what is not part of the running system', () => {
  const names = (texts: Readonly<Record<string, string>>): readonly string[] => [...read(texts).components.keys()];

  it('is behind a profile', () => {
    const text = 'services:\n  app: { image: a, environment: { X_URL: http://debug } }\n  debug: { image: b, profiles: [debug] }\n';
    assert.deepEqual(names({ 'compose.yaml': text }), ['app']);
    assert.deepEqual(names({ 'compose.yaml': text, '.env': 'COMPOSE_PROFILES=x,debug\n' }), ['app', 'debug']);
    assert.deepEqual(names({ 'compose.yaml': 'services:\n  cpu: { image: a, profiles: [cpu] }\n  gpu: { image: a, profiles: [gpu] }\n' }), [
      'cpu',
      'gpu',
    ]);
  });

  it('is scaled to nothing', () =>
    assert.deepEqual(names({ 'compose.yaml': 'services:\n  a: { image: a }\n  b: { image: b, deploy: { replicas: 0 } }\n' }), ['a']));

  it('runs once', () => {
    const project = read(`services:
  db: { image: postgres }
  migrate: { image: acme/app, environment: { DB_HOST: db } }
  seed-data: { image: acme/app, restart: no }
  topics: { image: kafka }
  mc: { image: minio/mc }
  app: { image: acme/app, restart: "no", ports: ['80:80'], depends_on: { topics: { condition: service_completed_successfully }, migrate: { condition: service_started } } }
  init-server: { image: acme/x, restart: always }
`);
    assert.deepEqual([...project.components.keys()], ['db', 'app', 'init-server']);
    assert.deepEqual(project.edges, []);
    assert.deepEqual(project.fragment.problems, []);
  });
});
