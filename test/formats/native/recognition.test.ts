import { strict as assert } from 'node:assert';
import { nativeFormat } from '../../../src/formats/native/format';
import { formatOf } from '../../../src/formats/registry';

describe('the native format', () => {
  it('is told by a file’s name', () => {
    for (const name of ['shop.topology.yaml', 'shop.calls.yml', 'a.b.faultline.yaml', 'faultline.yaml', 'faultline.yml']) {
      assert.ok(nativeFormat.recognises(`/x/${name}`, ''), name);
    }
    for (const name of [
      'topology.yaml',
      'shop.topology.json',
      'xfaultline.yaml',
      'docker-compose.yml',
      'shop.topology.yaml.bak',
      'calls.yml',
    ]) {
      assert.equal(nativeFormat.recognises(`/x/${name}`, 'components: {}\n'), false, name);
    }
  });

  it('is told by the key faultline elsewhere', () => {
    assert.ok(nativeFormat.recognises('/x/system.yaml', '# mine\nfaultline: 1\n'));
    assert.ok(nativeFormat.recognises('/x/system.yml', '\uFEFFfaultline : 1\r\n'));
    assert.equal(nativeFormat.recognises('/x/system.yaml', 'tools:\n  faultline: 1\n'), false);
    assert.equal(nativeFormat.recognises('/x/system.txt', 'faultline: 1\n'), false);
  });

  it('is not the configuration', () => {
    assert.equal(nativeFormat.recognises('/x/faultline.config.yaml', 'faultline: 1\n'), false);
    assert.equal(formatOf('/x/faultline.config.yml', 'rules: {}\n'), undefined);
  });

  it('comes before other formats', () => {
    assert.equal(formatOf('/x/shop.topology.yaml', 'services: {}\n')?.id, 'native');
    assert.equal(formatOf('/x/package.json', '{}'), undefined);
  });

  it('reads each file alone', () => {
    assert.deepEqual(nativeFormat.group('/x/a.calls.yaml', { read: () => undefined, list: () => ['b.calls.yaml'] }), ['/x/a.calls.yaml']);
  });
});
