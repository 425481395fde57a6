import assert from "node:assert/strict";
import { test } from "node:test";
import { causesOf } from "../../../../test/causesOf.ts";
import type { JsonObject } from "../../model/json.ts";

/** Rules of volumes' sources; expected is what kube-apiserver 1.37.2 answers. */
const ROWS: readonly (readonly [what: string, spec: JsonObject, causes: readonly string[]])[] = [
  [
    "emptyDir",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
        },
      ],
      volumes: [
        {
          name: "v",
          emptyDir: {
            sizeLimit: "-1",
          },
        },
      ],
    },
    [
      "spec.volumes[0].emptyDir.sizeLimit: Forbidden: SizeLimit field must be a valid resource quantity",
    ],
  ],
  [
    "gitRepo",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
        },
      ],
      volumes: [
        {
          name: "v",
          gitRepo: {
            repository: "",
            directory: "/a/../b",
          },
        },
      ],
    },
    [
      "spec.volumes[0].gitRepo.repository: Required value",
      'spec.volumes[0].gitRepo.directory: Invalid value: "/a/../b": must be a relative path',
      "spec.volumes[0].gitRepo.directory: Invalid value: \"/a/../b\": must not contain '..'",
    ],
  ],
  [
    "disks of clouds",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
        },
      ],
      volumes: [
        {
          name: "a",
          gcePersistentDisk: {
            pdName: "",
            partition: 256,
          },
        },
        {
          name: "b",
          awsElasticBlockStore: {
            volumeID: "",
            partition: -1,
          },
        },
        {
          name: "c",
          azureDisk: {
            diskName: "",
            diskURI: "x",
            kind: "Managed",
            cachingMode: "y",
          },
        },
        {
          name: "d",
          azureDisk: {
            diskName: "d",
            diskURI: "x",
          },
        },
      ],
    },
    [
      "spec.volumes[0].persistentDisk.pdName: Required value",
      "spec.volumes[0].persistentDisk.partition: Invalid value: 256: must be between 1 and 255, inclusive",
      "spec.volumes[1].awsElasticBlockStore.volumeID: Required value",
      "spec.volumes[1].awsElasticBlockStore.partition: Invalid value: -1: must be between 1 and 255, inclusive",
      "spec.volumes[2].azureDisk.diskName: Required value",
      'spec.volumes[2].azureDisk.cachingMode: Unsupported value: "y": supported values: "None", "ReadOnly", "ReadWrite"',
      'spec.volumes[2].azureDisk.diskURI: Unsupported value: "x": supported values: "/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}"',
      'spec.volumes[3].azureDisk.diskURI: Unsupported value: "x": supported values: "https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd"',
    ],
  ],
  [
    "files of a Secret",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
        },
      ],
      volumes: [
        {
          name: "v",
          secret: {
            defaultMode: 512,
            items: [
              {
                key: "",
                path: "",
              },
              {
                key: "k",
                path: "../a",
                mode: -1,
              },
              {
                key: "k",
                path: "..a",
              },
              {
                key: "k",
                path: "/a",
              },
            ],
          },
        },
      ],
    },
    [
      "spec.volumes[0].secret.secretName: Required value",
      "spec.volumes[0].secret.defaultMode: Invalid value: 512: must be a number between 0 and 0777 (octal), both inclusive",
      "spec.volumes[0].secret.items[0].key: Required value",
      "spec.volumes[0].secret.items[0].path: Required value",
      "spec.volumes[0].secret.items[1].path: Invalid value: \"../a\": must not contain '..'",
      "spec.volumes[0].secret.items[1].mode: Invalid value: -1: must be a number between 0 and 0777 (octal), both inclusive",
      "spec.volumes[0].secret.items[2].path: Invalid value: \"..a\": must not start with '..'",
      'spec.volumes[0].secret.items[3].path: Invalid value: "/a": must be a relative path',
    ],
  ],
  [
    "a ConfigMap has a name",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
        },
      ],
      volumes: [
        {
          name: "v",
          configMap: {},
        },
      ],
    },
    ["spec.volumes[0].configMap.name: Required value"],
  ],
  [
    "network file systems",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
        },
      ],
      volumes: [
        {
          name: "a",
          nfs: {
            server: "",
            path: "",
          },
        },
        {
          name: "b",
          nfs: {
            server: "s",
            path: "a",
          },
        },
        {
          name: "c",
          glusterfs: {
            endpoints: "",
            path: "",
          },
        },
        {
          name: "d",
          cephfs: {
            monitors: [],
          },
        },
        {
          name: "e",
          rbd: {
            monitors: [],
            image: "",
          },
        },
        {
          name: "f",
          quobyte: {
            registry: "a,b:1",
            volume: "",
          },
        },
        {
          name: "g",
          quobyte: {
            registry: "",
            volume: "v",
          },
        },
      ],
    },
    [
      "spec.volumes[0].nfs.server: Required value",
      "spec.volumes[0].nfs.path: Required value",
      'spec.volumes[0].nfs.path: Invalid value: "": must be an absolute path',
      'spec.volumes[1].nfs.path: Invalid value: "a": must be an absolute path',
      "spec.volumes[2].glusterfs.endpoints: Required value",
      "spec.volumes[2].glusterfs.path: Required value",
      "spec.volumes[3].cephfs.monitors: Required value",
      "spec.volumes[4].rbd.monitors: Required value",
      "spec.volumes[4].rbd.image: Required value",
      'spec.volumes[5].quobyte.registry: Invalid value: "a,b:1": must be a host:port pair or multiple pairs separated by commas',
      "spec.volumes[5].quobyte.volume: Required value",
      "spec.volumes[6].quobyte.registry: Required value: must be a host:port pair or multiple pairs separated by commas",
    ],
  ],
  [
    "iSCSI",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
        },
      ],
      volumes: [
        {
          name: "a",
          iscsi: {
            targetPortal: "",
            iqn: "",
            lun: 256,
            chapAuthSession: true,
          },
        },
        {
          name: "b",
          iscsi: {
            targetPortal: "p",
            iqn: "iqn.x",
            lun: 0,
            initiatorName: "x",
          },
        },
        {
          name: "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc",
          iscsi: {
            targetPortal: "10.0.0.1",
            iqn: "iqn.2026-01.org.example:a",
            lun: 0,
            initiatorName: "eui.0123456789abcdef",
          },
        },
      ],
    },
    [
      "spec.volumes[0].iscsi.targetPortal: Required value",
      "spec.volumes[0].iscsi.iqn: Required value",
      "spec.volumes[0].iscsi.lun: Invalid value: 256: must be between 0 and 255, inclusive",
      "spec.volumes[0].iscsi.secretRef: Required value",
      'spec.volumes[1].iscsi.iqn: Invalid value: "iqn.x": must be valid format',
      'spec.volumes[1].iscsi.initiatorname: Invalid value: "x": must be valid format starting with iqn, eui, or naa',
      'spec.volumes[2].name: Invalid value: "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc": Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.',
    ],
  ],
  [
    "Fibre Channel",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
        },
      ],
      volumes: [
        {
          name: "a",
          fc: {},
        },
        {
          name: "b",
          fc: {
            targetWWNs: ["x"],
            wwids: ["y"],
          },
        },
        {
          name: "c",
          fc: {
            targetWWNs: ["x"],
            lun: 256,
          },
        },
      ],
    },
    [
      "spec.volumes[0].fc.targetWWNs: Required value: must specify either targetWWNs or wwids, but not both",
      'spec.volumes[1].fc.targetWWNs: Invalid value: ["x"]: targetWWNs and wwids can not be specified simultaneously',
      "spec.volumes[1].fc.lun: Required value: lun is required if targetWWNs is specified",
      "spec.volumes[2].fc.lun: Invalid value: 256: must be between 0 and 255, inclusive",
    ],
  ],
  [
    "the rest of them",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
        },
      ],
      volumes: [
        {
          name: "a",
          persistentVolumeClaim: {
            claimName: "",
          },
        },
        {
          name: "b",
          cinder: {
            volumeID: "",
            secretRef: {},
          },
        },
        {
          name: "c",
          flocker: {},
        },
        {
          name: "d",
          flocker: {
            datasetName: "a/b",
            datasetUUID: "u",
          },
        },
        {
          name: "e",
          flexVolume: {
            driver: "",
            options: {
              "a.k8s.io/b": "",
            },
          },
        },
        {
          name: "f",
          azureFile: {
            secretName: "",
            shareName: "",
          },
        },
        {
          name: "g",
          vsphereVolume: {
            volumePath: "",
          },
        },
        {
          name: "h",
          photonPersistentDisk: {
            pdID: "",
          },
        },
        {
          name: "i",
          portworxVolume: {
            volumeID: "",
          },
        },
        {
          name: "j",
          scaleIO: {
            gateway: "",
            system: "",
          },
        },
        {
          name: "k",
          storageos: {
            volumeName: "V",
            volumeNamespace: "N",
            secretRef: {},
          },
        },
      ],
    },
    [
      "spec.volumes[0].persistentVolumeClaim.claimName: Required value",
      "spec.volumes[1].cinder.volumeID: Required value",
      "spec.volumes[1].cinder.secretRef.name: Required value",
      "spec.volumes[2].flocker: Required value: one of datasetName and datasetUUID is required",
      'spec.volumes[3].flocker: Invalid value: "resource": datasetName and datasetUUID can not be specified simultaneously',
      "spec.volumes[3].flocker.datasetName: Invalid value: \"a/b\": must not contain '/'",
      "spec.volumes[4].flexVolume.driver: Required value",
      'spec.volumes[4].flexVolume.options[a.k8s.io/b]: Invalid value: "a.k8s.io/b": kubernetes.io and k8s.io namespaces are reserved',
      "spec.volumes[5].azureFile.secretName: Required value",
      "spec.volumes[5].azureFile.shareName: Required value",
      "spec.volumes[6].vsphereVolume.volumePath: Required value",
      "spec.volumes[7].photonPersistentDisk.pdID: Required value",
      "spec.volumes[8].portworxVolume.volumeID: Required value",
      "spec.volumes[9].scaleIO.gateway: Required value",
      "spec.volumes[9].scaleIO.system: Required value",
      "spec.volumes[9].scaleIO.volumeName: Required value",
      "spec.volumes[10].storageos.volumeName: Invalid value: \"V\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
      "spec.volumes[10].storageos.volumeNamespace: Invalid value: \"N\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
      "spec.volumes[10].storageos.secretRef.name: Required value",
    ],
  ],
  [
    "CSI",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
        },
      ],
      volumes: [
        {
          name: "a",
          csi: {
            driver: "",
          },
        },
        {
          name: "b",
          csi: {
            driver: "a_b",
            nodePublishSecretRef: {},
          },
        },
        {
          name: "c",
          csi: {
            driver: "a.b",
            nodePublishSecretRef: {
              name: "S",
            },
          },
        },
      ],
    },
    [
      "spec.volumes[0].csi.driver: Required value",
      "spec.volumes[1].csi.driver: Invalid value: \"a_b\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
      "spec.volumes[1].csi.nodePublishSecretRef.name: Required value",
      "spec.volumes[2].csi.name: Invalid value: \"S\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
    ],
  ],
  [
    "images",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
        },
      ],
      volumes: [
        {
          name: "v",
          image: {
            pullPolicy: "x",
          },
        },
      ],
    },
    [
      "spec.volumes[0].image.reference: Required value",
      'spec.volumes[0].image.pullPolicy: Unsupported value: "x": supported values: "Always", "IfNotPresent", "Never"',
    ],
  ],
  [
    "the downward API",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
        },
      ],
      volumes: [
        {
          name: "v",
          downwardAPI: {
            items: [
              {
                path: "",
              },
              {
                path: "a",
                fieldRef: {
                  fieldPath: "spec.nodeName",
                },
              },
              {
                path: "b",
                resourceFieldRef: {
                  resource: "limits.cpu",
                },
              },
              {
                path: "c",
                fieldRef: {
                  fieldPath: "metadata.labels",
                },
                resourceFieldRef: {
                  containerName: "c",
                  resource: "limits.cpu",
                },
              },
            ],
          },
        },
      ],
    },
    [
      "spec.volumes[0].downwardAPI.path: Required value",
      "spec.volumes[0].downwardAPI: Required value: one of fieldRef and resourceFieldRef is required",
      'spec.volumes[0].downwardAPI.fieldRef.fieldPath: Unsupported value: "spec.nodeName": supported values: "metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"',
      "spec.volumes[0].downwardAPI.resourceFieldRef.containerName: Required value",
      'spec.volumes[0].downwardAPI: Invalid value: "resource": fieldRef and resourceFieldRef can not be specified simultaneously',
    ],
  ],
  [
    "projected: one source each, and no file twice",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
        },
      ],
      volumes: [
        {
          name: "v",
          projected: {
            sources: [
              {
                secret: {
                  name: "",
                },
                configMap: {
                  name: "m",
                },
              },
              {
                secret: {
                  name: "s",
                  items: [
                    {
                      key: "k",
                      path: "a",
                    },
                  ],
                },
              },
              {
                configMap: {
                  name: "m",
                  items: [
                    {
                      key: "k",
                      path: "a",
                    },
                  ],
                },
              },
            ],
          },
        },
      ],
    },
    [
      "spec.volumes[0].projected.sources[0].secret.name: Required value",
      "spec.volumes[0].projected.sources[0]: Forbidden: may not specify more than 1 volume type per source",
      'spec.volumes[0].projected: Invalid value: "m": conflicting duplicate paths',
    ],
  ],
  [
    "projected: a token's time and place",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
        },
      ],
      volumes: [
        {
          name: "v",
          projected: {
            sources: [
              {
                serviceAccountToken: {
                  expirationSeconds: 599,
                  path: "",
                },
              },
              {
                serviceAccountToken: {
                  expirationSeconds: 4294967297,
                  path: "../a",
                },
              },
            ],
          },
        },
      ],
    },
    [
      "spec.volumes[0].projected.sources[0].serviceAccountToken.expirationSeconds: Invalid value: 599: may not specify a duration less than 10 minutes",
      "spec.volumes[0].projected.path: Required value",
      "spec.volumes[0].projected.sources[1].serviceAccountToken.expirationSeconds: Invalid value: 4294967297: may not specify a duration larger than 2^32 seconds",
      "spec.volumes[0].projected.path: Invalid value: \"../a\": must not contain '..'",
    ],
  ],
  [
    "projected: bundles and certificates",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
        },
      ],
      volumes: [
        {
          name: "v",
          projected: {
            sources: [
              {
                clusterTrustBundle: {
                  name: "a",
                  signerName: "b/c",
                  path: "x",
                },
              },
              {
                clusterTrustBundle: {
                  name: "A:B",
                  path: "y",
                },
              },
              {
                clusterTrustBundle: {
                  path: "",
                },
              },
              {
                clusterTrustBundle: {
                  signerName: "a",
                  path: "z",
                },
              },
              {
                podCertificate: {
                  signerName: "a.B/c",
                  keyType: "x",
                },
              },
              {
                podCertificate: {
                  signerName: "kubernetes.io/c",
                  keyType: "ED25519",
                  maxExpirationSeconds: 86401,
                  keyPath: "../k",
                  userAnnotations: {
                    a: "",
                  },
                },
              },
            ],
          },
        },
      ],
    },
    [
      'spec.volumes[0].projected.sources[0].clusterTrustBundle: Invalid value: {"Name":"a","SignerName":"b/c","LabelSelector":null,"Optional":null,"Path":"x","User":null}: only one of name and signerName may be used',
      "spec.volumes[0].projected.sources[1].clusterTrustBundle.name: Invalid value: \"A:B\": not a valid clustertrustbundlename: a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
      "spec.volumes[0].projected.sources[2].clusterTrustBundle: Required value: either name or signerName must be specified",
      "spec.volumes[0].projected.sources[2].clusterTrustBundle.path: Required value",
      "spec.volumes[0].projected.sources[3].clusterTrustBundle.signerName: Invalid value: \"a\": must be a fully qualified domain and path of the form 'example.com/signer-name'",
      "spec.volumes[0].projected.sources[4].podCertificate.signerName: Invalid value: \"a.B\": validating label \"B\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
      'spec.volumes[0].projected.sources[4].podCertificate.keyType: Unsupported value: "x": supported values: "RSA3072", "RSA4096", "ECDSAP256", "ECDSAP384", "ECDSAP521", "ED25519"',
      "spec.volumes[0].projected.sources[4].podCertificate: Required value: specify at least one of credentialBundlePath, keyPath, and certificateChainPath",
      'spec.volumes[0].projected.sources[5].podCertificate.userAnnotations: Invalid value: "a": must be a domain-prefixed key (such as "acme.io/foo")',
      "spec.volumes[0].projected.sources[5].podCertificate.maxExpirationSeconds: Invalid value: 86401: if provided, maxExpirationSeconds must be <= 86400",
      "spec.volumes[0].projected.sources[5].podCertificate.keyPath: Invalid value: \"../k\": must not contain '..'",
    ],
  ],
  [
    "ephemeral: the claim",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
        },
      ],
      volumes: [
        {
          name: "a",
          ephemeral: {},
        },
        {
          name: "b",
          ephemeral: {
            volumeClaimTemplate: {
              metadata: {
                name: "n",
                labels: {
                  "a b": "",
                },
              },
              spec: {
                accessModes: ["x", "ReadWriteOncePod", "ReadWriteOnce"],
                resources: {
                  requests: {
                    storage: "0",
                  },
                },
                storageClassName: "A",
                volumeMode: "x",
                dataSource: {
                  kind: "",
                  name: "",
                },
              },
            },
          },
        },
        {
          name: "c",
          ephemeral: {
            volumeClaimTemplate: {
              spec: {},
            },
          },
        },
      ],
    },
    [
      "spec.volumes[0].ephemeral.volumeClaimTemplate: Required value",
      "spec.volumes[1].ephemeral.volumeClaimTemplate.metadata.labels: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
      "spec.volumes[1].ephemeral.volumeClaimTemplate.metadata.name: Forbidden: cannot be set",
      'spec.volumes[1].ephemeral.volumeClaimTemplate.spec.accessModes: Unsupported value: "x": supported values: "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"',
      "spec.volumes[1].ephemeral.volumeClaimTemplate.spec.accessModes: Forbidden: may not use ReadWriteOncePod with other access modes",
      'spec.volumes[1].ephemeral.volumeClaimTemplate.spec.resources[storage]: Invalid value: "0": must be greater than zero',
      "spec.volumes[1].ephemeral.volumeClaimTemplate.spec.storageClassName: Invalid value: \"A\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
      'spec.volumes[1].ephemeral.volumeClaimTemplate.spec.volumeMode: Unsupported value: "x": supported values: "Block", "Filesystem"',
      "spec.volumes[1].ephemeral.volumeClaimTemplate.spec.dataSource.name: Required value",
      "spec.volumes[1].ephemeral.volumeClaimTemplate.spec.dataSource.kind: Required value",
      "spec.volumes[1].ephemeral.volumeClaimTemplate.spec.dataSource: Invalid value: \"\": must be 'PersistentVolumeClaim' when referencing the default apiGroup",
      "spec.volumes[2].ephemeral.volumeClaimTemplate.spec.accessModes: Required value: at least 1 access mode is required",
      "spec.volumes[2].ephemeral.volumeClaimTemplate.spec.resources[storage]: Required value",
    ],
  ],
  [
    "a claim that an ephemeral volume makes is its own",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
        },
      ],
      volumes: [
        {
          name: "a",
          ephemeral: {
            volumeClaimTemplate: {
              spec: {
                accessModes: ["ReadWriteOnce"],
                resources: {
                  requests: {
                    storage: "1Gi",
                  },
                },
              },
            },
          },
        },
        {
          name: "b",
          persistentVolumeClaim: {
            claimName: "p-a",
          },
        },
      ],
    },
    [
      'spec.volumes[1].persistentVolumeClaim.claimName: Invalid value: "p-a": must not reference a PVC that gets created for an ephemeral volume',
    ],
  ],
];

for (const [what, spec, causes] of ROWS) {
  test(what, () => {
    assert.deepEqual(causesOf(spec), causes);
  });
}
