import { strict as assert } from 'node:assert';
import { read } from './helpers';

const others = 'services:\n  db: { image: postgres }\n  api: { image: acme/api }\n  web: { image: acme/web }\n';
const mounted = (file: string, text: string, more = ''): readonly string[] =>
  read({ 'compose.yaml': `${others}  app:\n    image: acme/app\n    volumes: ['./${file}:/etc/app/${file}:ro']\n${more}`, [file]: text })
    .edges;

describe('dependencies in configuration files', () => {
  it('are found in those of nginx, where the file is what is shown', () => {
    const text =
      'upstream shop {\n  server api:80 weight=2;\n  server web;\n  # server db:5432;\n}\nserver {\n  listen 80;\n  server_name db;\n  location / { proxy_pass http://shop; }\n}\n';
    const project = read({
      'compose.yaml': `${others}  edge:\n    image: nginx\n    volumes: ['./nginx.conf:/etc/nginx/nginx.conf']\n`,
      'nginx.conf': text,
    });
    assert.deepEqual(project.edges, ['edge -> api', 'edge -> web']);
    assert.equal(project.evidence('edge -> api'), 'api');
    assert.equal(project.fragment.files.includes('/shop/nginx.conf'), true);
  });

  it('are found whatever the language', () => {
    assert.deepEqual(mounted('haproxy.cfg', 'backend b\n  server s1 api:80 check\n'), ['app -> api']);
    assert.deepEqual(mounted('Caddyfile', ':80 {\n  reverse_proxy api\n}\n'), ['app -> api']);
    assert.deepEqual(mounted('envoy.yaml', 'clusters:\n- name: x\n  endpoints:\n  - socket_address: { address: api, port_value: 80 }\n'), [
      'app -> api',
    ]);
    assert.deepEqual(mounted('a.properties', 'spring.datasource.url=jdbc:postgresql://db/x\nuser.name=api\n'), ['app -> db']);
    assert.deepEqual(mounted('a.toml', '[pg]\ndsn = "postgres://u:p@db/x?sslmode=disable"\nname = "api"\n'), ['app -> db']);
    assert.deepEqual(
      mounted(
        'a.json',
        '{ "ConnectionStrings": { "Db": "Server=db;Database=api" },\n  "Rabbit": { "Host": "web" },\n  "hosts": [\n    "api"\n  ] }\n',
      ),
      ['app -> api', 'app -> db', 'app -> web'],
    );
    assert.deepEqual(mounted('a.yml', 'hosts:\n  - api:80\n  - web\ntitle: db\n'), ['app -> api', 'app -> web']);
  });

  it('take the defaults of placeholders, and the variables of the service', () => {
    const text = 'url: jdbc:postgresql://%{DB_HOST:db}:%{PORT:5432}/x\nhost: %{API:web}\n'.replaceAll('%', '$');
    assert.deepEqual(mounted('application.yml', text, '    environment: { API: api }\n'), ['app -> api', 'app -> db']);
  });

  it('skip the keys that are skipped everywhere', () => {
    assert.deepEqual(mounted('a.yml', 'redirect-uri: http://web\nissuer: http://api\npublic:\n  x: 1\nimage: db:17\n'), []);
  });

  it('of a configuration server are start order', () => {
    assert.deepEqual(mounted('bootstrap.yml', 'spring:\n  cloud:\n    config:\n      uri: http://api:8888\n  url: http://web\n'), [
      'app -> web',
      'app .. api',
    ]);
    assert.deepEqual(mounted('application.yml', 'spring.config.import: optional:configserver:http://api:8888\n'), ['app .. api']);
  });

  it('of Envoy are those that requests wait for', () => {
    const cluster = (name: string, host: string) =>
      `  - name: ${name}\n    load_assignment:\n      cluster_name: ${name}\n      endpoints:\n      - socket_address: { address: ${host}, port_value: 80 }\n`;
    const mirror = (target: string, more = '') =>
      `route_config:\n  routes:\n  - route:\n      cluster: shop\n      request_mirror_policies:\n      - cluster: "${target}"\n${more}clusters:\n`;
    const clusters = cluster('shop', 'api') + cluster('shadow', 'web');
    assert.deepEqual(mounted('envoy.yaml', mirror('shadow') + clusters), ['app %% web', 'app -> api'], 'a copy is sent and forgotten');
    assert.deepEqual(mounted('envoy.yaml', mirror('shadow', '  - route:\n      cluster: shadow\n') + clusters), [
      'app -> api',
      'app -> web',
    ]);
    const load = 'cluster_manager:\n  load_stats_config:\n    grpc_services:\n      envoy_grpc:\n        cluster_name: load\n';
    assert.deepEqual(mounted('envoy.yaml', `clusters:\n${cluster('shop', 'api')}${cluster('load', 'web')}${load}`), [
      'app %% web',
      'app -> api',
    ]);
    const control =
      'dynamic_resources:\n  ads_config:\n    grpc_services:\n    - envoy_grpc:\n        cluster_name: xds\n  cds_config:\n    ads: {}\n';
    assert.deepEqual(mounted('envoy.yaml', `${control}static_resources:\n  clusters:\n${cluster('xds', 'api')}`), ['app .. api']);
  });

  it('stand in configs and in the compose file itself', () => {
    const project = read({
      'compose.yaml': `${others}  one:\n    image: acme/one\n    configs: [a, { source: b, target: /etc/b.conf }]\nconfigs:\n  a: { file: ./a.ini }\n  b:\n    content: |\n      host: db\n`,
      'a.ini': 'host=api\n',
    });
    assert.deepEqual(project.edges, ['one -> api', 'one -> db']);
    assert.equal(project.evidence('one -> db'), 'db');
  });

  it('are read from mounted folders of configuration, and not from code', () => {
    const texts = { 'conf/a/x.conf': 'host = db\n', 'conf/x.sql': 'host = api\n', 'src/settings.yml': 'host: web\n' };
    assert.deepEqual(
      read({ 'compose.yaml': `${others}  app:\n    image: acme/app\n    volumes: ['./conf:/etc/app', './src:/app']\n`, ...texts }).edges,
      ['app -> db'],
    );
  });

  it('are read from what an image is built with', () => {
    const texts = {
      'front/nginx.conf': 'location /api { proxy_pass http://api:80/; }\n',
      'shop/src/main/resources/application.yml': 'spring.datasource.url: jdbc:postgresql://db/x\n',
      'svc/Orders/appsettings.json': '{ "Url": "http://web" }\n',
    };
    const project = read({
      'compose.yaml': `${others}  front: { build: ./front }\n  shop: { build: { context: shop } }\n  orders: { build: { context: ., dockerfile: svc/Orders/Dockerfile } }\n`,
      ...texts,
    });
    assert.deepEqual(project.edges, ['front -> api', 'orders -> web', 'shop -> db']);
    assert.equal(project.components.get('front')?.kind, 'gateway');
  });

  it('are for the proxy, where several services are built in one folder', () => {
    const project = read({
      'compose.yaml': `${others}  edge: { build: { context: ., dockerfile: envoy/Dockerfile } }\n  job: { build: { context: ., dockerfile: job/Dockerfile } }\n  other: { build: { context: ., dockerfile: envoy/Dockerfile, args: { CONFIG: ./envoy-other.yaml } } }\n`,
      'envoy.yaml': 'address: api\n',
      'envoy-other.yaml': 'address: web\n',
    });
    assert.deepEqual(project.edges, ['edge -> api', 'other -> web']);
  });

  it('are read from the sources beside finished images, and from a configuration server by the names of its clients', () => {
    const project = read({
      'compose.yaml': `${others}  shop: { image: acme/shop }\n  config: { image: acme/config }\n`,
      'acme-shop/src/main/resources/application.yml': 'url: http://api\n',
      'config/src/main/resources/shared/shop.yml': 'host: db\n',
      'config/src/main/resources/shared/application.yml': 'host: web\n',
    });
    assert.deepEqual(project.edges, ['shop -> api', 'shop -> db']);
  });

  it('that many services share count only for stores named like the service', () => {
    const services = ['user', 'user-review', 'media', 'text'].map(
      (name) => `  ${name}-service: { image: acme/${name}, volumes: ['./config:/config'] }\n`,
    );
    const project = read({
      'compose.yaml': `services:\n  user-db: { image: mongo }\n  user-review-db: { image: mongo }\n${services.join('')}`,
      'config/all.json': '{ "a": { "addr": "user-db" },\n "b": { "addr": "user-review-db" },\n "c": { "addr": "text-service" } }\n',
    });
    assert.deepEqual(project.edges, ['user-review-service -> user-review-db', 'user-service -> user-db']);
  });

  it('of Prometheus are telemetry', () => {
    const texts = { 'prometheus.yml': "scrape_configs:\n- job_name: a\n  static_configs:\n  - targets: ['api:80', 'web:80']\n" };
    assert.deepEqual(
      read({
        'compose.yaml': `${others}  p: { image: prom/prometheus, volumes: ['./prometheus.yml:/etc/prometheus/prometheus.yml'] }\n`,
        ...texts,
      }).edges,
      ['p %% api', 'p %% web'],
    );
  });
});

describe('a Dockerfile', () => {
  const dockerfile =
    'ARG BASE=nginx\nFROM node AS build\nHEALTHCHECK NONE\nENV X=1\nFROM $BASE:1.27 AS run\nENV API_URL=http://api:80 \\\n    B="c d"\nENV DB_HOST db\nHEALTHCHECK --interval=10s --timeout=2s --retries=5 CMD curl x\nFROM build AS test\nRUN x\n';
  const project = (target: string): ReturnType<typeof read> =>
    read({ 'compose.yaml': `${others}  front: { build: { context: front, target: ${target} } }\n`, 'front/Dockerfile': dockerfile });

  it('says what an image is made from, how it is checked and which variables it sets', () => {
    const { components, edges, evidence } = project('run');
    assert.equal(components.get('front')?.kind, 'gateway');
    assert.deepEqual(components.get('front')?.healthCheck, { interval: 10, timeout: 2, unhealthyAfter: 5 });
    assert.deepEqual(edges, ['front -> api', 'front -> db']);
    assert.equal(evidence('front -> api'), 'http://api:80');
    assert.equal(evidence('front -> db'), 'db');
  });

  it('is read up to the target, through its stages', () => {
    const { components, edges } = project('test');
    assert.equal(components.get('front')?.kind, undefined);
    assert.equal(components.get('front')?.healthCheck, 'none');
    assert.deepEqual(edges, []);
  });
});
