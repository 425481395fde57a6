// The kinds of volumes that kubectl's descriptions know, in its order, each with its words and the fields that it shows.
//
// @see kubectl v0.37.2 pkg/describe/describe.go describeVolumes

/** How a value is written; absent: as it is. */
export type FieldForm =
  | "yes or no"
  | "number"
  | "or none"
  | "list"
  | "joined"
  | "map"
  | "reference"
  | "size";

/** Its label as kubectl spells it, and its key in the API. */
export type VolumeField = readonly [label: string, key: string, form?: FieldForm];

export interface VolumeSourceWords {
  readonly kind: string;
  readonly type: string;
  readonly fields: readonly VolumeField[];
}

export const SOURCES: readonly VolumeSourceWords[] = [
  {
    kind: "hostPath",
    type: "HostPath (bare host directory volume)",
    fields: [
      ["Path:", "path"],
      ["HostPathType:", "type", "or none"],
    ],
  },
  {
    kind: "emptyDir",
    type: "EmptyDir (a temporary directory that shares a pod's lifetime)",
    fields: [
      ["Medium:", "medium"],
      ["SizeLimit:", "sizeLimit", "size"],
    ],
  },
  {
    kind: "gcePersistentDisk",
    type: "GCEPersistentDisk (a Persistent Disk resource in Google Compute Engine)",
    fields: [
      ["PDName:", "pdName"],
      ["FSType:", "fsType"],
      ["Partition:", "partition", "number"],
      ["ReadOnly:", "readOnly", "yes or no"],
    ],
  },
  {
    kind: "awsElasticBlockStore",
    type: "AWSElasticBlockStore (a Persistent Disk resource in AWS)",
    fields: [
      ["VolumeID:", "volumeID"],
      ["FSType:", "fsType"],
      ["Partition:", "partition", "number"],
      ["ReadOnly:", "readOnly", "yes or no"],
    ],
  },
  {
    kind: "gitRepo",
    type: "GitRepo (a volume that is pulled from git when the pod is created)",
    fields: [
      ["Repository:", "repository"],
      ["Revision:", "revision"],
    ],
  },
  {
    kind: "secret",
    type: "Secret (a volume populated by a Secret)",
    fields: [
      ["SecretName:", "secretName"],
      ["Optional:", "optional", "yes or no"],
    ],
  },
  {
    kind: "configMap",
    type: "ConfigMap (a volume populated by a ConfigMap)",
    fields: [
      ["Name:", "name"],
      ["Optional:", "optional", "yes or no"],
    ],
  },
  {
    kind: "nfs",
    type: "NFS (an NFS mount that lasts the lifetime of a pod)",
    fields: [
      ["Server:", "server"],
      ["Path:", "path"],
      ["ReadOnly:", "readOnly", "yes or no"],
    ],
  },
  {
    kind: "iscsi",
    type: "ISCSI (an ISCSI Disk resource that is attached to a kubelet's host machine and then exposed to the pod)",
    fields: [
      ["TargetPortal:", "targetPortal"],
      ["IQN:", "iqn"],
      ["Lun:", "lun", "number"],
      ["ISCSIInterface", "iscsiInterface"],
      ["FSType:", "fsType"],
      ["ReadOnly:", "readOnly", "yes or no"],
      ["Portals:", "portals", "list"],
      ["DiscoveryCHAPAuth:", "chapAuthDiscovery", "yes or no"],
      ["SessionCHAPAuth:", "chapAuthSession", "yes or no"],
      ["SecretRef:", "secretRef", "reference"],
      ["InitiatorName:", "initiatorName", "or none"],
    ],
  },
  {
    kind: "glusterfs",
    type: "Glusterfs (a Glusterfs mount on the host that shares a pod's lifetime)",
    fields: [
      ["EndpointsName:", "endpoints"],
      ["Path:", "path"],
      ["ReadOnly:", "readOnly", "yes or no"],
    ],
  },
  {
    kind: "persistentVolumeClaim",
    type: "PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)",
    fields: [
      ["ClaimName:", "claimName"],
      ["ReadOnly:", "readOnly", "yes or no"],
    ],
  },
  {
    kind: "ephemeral",
    type: "EphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)",
    fields: [],
  },
  {
    kind: "rbd",
    type: "RBD (a Rados Block Device mount on the host that shares a pod's lifetime)",
    fields: [
      ["CephMonitors:", "monitors", "list"],
      ["RBDImage:", "image"],
      ["FSType:", "fsType"],
      ["RBDPool:", "pool"],
      ["RadosUser:", "user"],
      ["Keyring:", "keyring"],
      ["SecretRef:", "secretRef", "reference"],
      ["ReadOnly:", "readOnly", "yes or no"],
    ],
  },
  {
    kind: "quobyte",
    type: "Quobyte (a Quobyte mount on the host that shares a pod's lifetime)",
    fields: [
      ["Registry:", "registry"],
      ["Volume:", "volume"],
      ["ReadOnly:", "readOnly", "yes or no"],
    ],
  },
  {
    kind: "downwardAPI",
    type: "DownwardAPI (a volume populated by information about the pod)",
    fields: [],
  },
  {
    kind: "azureDisk",
    type: "AzureDisk (an Azure Data Disk mount on the host and bind mount to the pod)",
    fields: [
      ["DiskName:", "diskName"],
      ["DiskURI:", "diskURI"],
      ["Kind: ", "kind"],
      ["FSType:", "fsType"],
      ["CachingMode:", "cachingMode"],
      ["ReadOnly:", "readOnly", "yes or no"],
    ],
  },
  {
    kind: "vsphereVolume",
    type: "vSphereVolume (a Persistent Disk resource in vSphere)",
    fields: [
      ["VolumePath:", "volumePath"],
      ["FSType:", "fsType"],
      ["StoragePolicyName:", "storagePolicyName"],
    ],
  },
  {
    kind: "cinder",
    type: "Cinder (a Persistent Disk resource in OpenStack)",
    fields: [
      ["VolumeID:", "volumeID"],
      ["FSType:", "fsType"],
      ["ReadOnly:", "readOnly", "yes or no"],
      ["SecretRef:", "secretRef", "reference"],
    ],
  },
  {
    kind: "photonPersistentDisk",
    type: "PhotonPersistentDisk (a Persistent Disk resource in photon platform)",
    fields: [
      ["PdID:", "pdID"],
      ["FSType:", "fsType"],
    ],
  },
  {
    kind: "portworxVolume",
    type: "PortworxVolume (a Portworx Volume resource)",
    fields: [["VolumeID:", "volumeID"]],
  },
  {
    kind: "scaleIO",
    type: "ScaleIO (a persistent volume backed by a block device in ScaleIO)",
    fields: [
      ["Gateway:", "gateway"],
      ["System:", "system"],
      ["Protection Domain:", "protectionDomain"],
      ["Storage Pool:", "storagePool"],
      ["Storage Mode:", "storageMode"],
      ["VolumeName:", "volumeName"],
      ["FSType:", "fsType"],
      ["ReadOnly:", "readOnly", "yes or no"],
    ],
  },
  {
    kind: "cephfs",
    type: "CephFS (a CephFS mount on the host that shares a pod's lifetime)",
    fields: [
      ["Monitors:", "monitors", "list"],
      ["Path:", "path"],
      ["User:", "user"],
      ["SecretFile:", "secretFile"],
      ["SecretRef:", "secretRef", "reference"],
      ["ReadOnly:", "readOnly", "yes or no"],
    ],
  },
  {
    kind: "storageos",
    type: "StorageOS (a StorageOS Persistent Disk resource)",
    fields: [
      ["VolumeName:", "volumeName"],
      ["VolumeNamespace:", "volumeNamespace"],
      ["FSType:", "fsType"],
      ["ReadOnly:", "readOnly", "yes or no"],
    ],
  },
  {
    kind: "fc",
    type: "FC (a Fibre Channel disk)",
    fields: [
      ["TargetWWNs:", "targetWWNs", "joined"],
      ["LUN:", "lun", "or none"],
      ["FSType:", "fsType"],
      ["ReadOnly:", "readOnly", "yes or no"],
    ],
  },
  {
    kind: "azureFile",
    type: "AzureFile (an Azure File Service mount on the host and bind mount to the pod)",
    fields: [
      ["SecretName:", "secretName"],
      ["ShareName:", "shareName"],
      ["ReadOnly:", "readOnly", "yes or no"],
    ],
  },
  {
    kind: "flexVolume",
    type: "FlexVolume (a generic volume resource that is provisioned/attached using an exec based plugin)",
    fields: [
      ["Driver:", "driver"],
      ["FSType:", "fsType"],
      ["SecretRef:", "secretRef", "reference"],
      ["ReadOnly:", "readOnly", "yes or no"],
      ["Options:", "options", "map"],
    ],
  },
  {
    kind: "flocker",
    type: "Flocker (a Flocker volume mounted by the Flocker agent)",
    fields: [
      ["DatasetName:", "datasetName"],
      ["DatasetUUID:", "datasetUUID"],
    ],
  },
  {
    kind: "projected",
    type: "Projected (a volume that contains injected data from multiple sources)",
    fields: [],
  },
  {
    kind: "csi",
    type: "CSI (a Container Storage Interface (CSI) volume source)",
    fields: [
      ["Driver:", "driver"],
      ["FSType:", "fsType"],
      ["ReadOnly:", "readOnly", "yes or no"],
    ],
  },
  {
    kind: "image",
    type: "Image (a container image or OCI artifact)",
    fields: [
      ["Reference:", "reference"],
      ["PullPolicy:", "pullPolicy"],
    ],
  },
];
