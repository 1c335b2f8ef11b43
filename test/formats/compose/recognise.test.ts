import { strict as assert } from 'node:assert';
import { composeFormat } from '../../../src/formats/compose/format';

const services = 'services:\n  web:\n    image: nginx\n';

describe('recognising a compose file', () => {
  for (const name of [
    'compose.yaml',
    'compose.yml',
    'docker-compose.yml',
    'docker-compose.prod.yml',
    'compose.override.yaml',
    'docker-compose-tests.yml',
  ]) {
    it(`knows ${name} by its name, whatever stands in it`, () => assert.equal(composeFormat.recognises(`/a/${name}`, ''), true));
  }

  it('knows another file by services that have an image or a build', () => {
    assert.equal(composeFormat.recognises('/a/stack.yml', `version: "3"\n${services}`), true);
    assert.equal(
      composeFormat.recognises('/a/stack.yml', 'services: # ours\n\n  # first\n  "web":\n    build: .\n  db: { image: x }\n'),
      true,
    );
  });

  it('leaves other languages alone', () => {
    assert.equal(composeFormat.recognises('/a/stack.json', services), false);
    assert.equal(composeFormat.recognises('/a/docker-compose.yml.j2', services), false);
    assert.equal(composeFormat.recognises('/a/compose-post-service.yaml', 'apiVersion: v1\nkind: Service\n'), false);
    assert.equal(composeFormat.recognises('/a/x.yaml', 'services:\n  - docker:dind\n'), false);
    assert.equal(composeFormat.recognises('/a/services.yaml', 'services:\n  App\\Mailer:\n    class: Mailer\n'), false);
    assert.equal(composeFormat.recognises('/a/.gitlab-ci.yml', `stages:\n  - test\n${services}`), false);
    assert.equal(composeFormat.recognises('/a/shop.yaml', `faultline: 1\n${services}`), false);
    assert.equal(composeFormat.recognises('/a/x.yaml', 'service:\n  pipelines: {}\n'), false);
  });
});
