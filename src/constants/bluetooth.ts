// Values of Bluetooth's options: security, modes, radio layers, codecs, packet types and events of the controller.

/** Only for service discovery: the kernel refuses it from programs on L2CAP. */
export const BT_SECURITY_SDP = 0;
export const BT_SECURITY_LOW = 1;
/** Encrypted; nobody needs to have confirmed the other side. */
export const BT_SECURITY_MEDIUM = 2;
/** Encrypted, with a key that a person in the middle cannot have. */
export const BT_SECURITY_HIGH = 3;
/** The same with Secure Connections only, in cryptography that FIPS has approved. */
export const BT_SECURITY_FIPS = 4;

/** How well a link must be secured: `level` of BT_SECURITY. */
export const btSecurityLevels = {
  BT_SECURITY_SDP,
  BT_SECURITY_LOW,
  BT_SECURITY_MEDIUM,
  BT_SECURITY_HIGH,
  BT_SECURITY_FIPS,
} as const;

/** Which controller a channel may use: BT_CHANNEL_POLICY. */
export const btChannelPolicies = {
  BT_CHANNEL_POLICY_BREDR_ONLY: 0,
  BT_CHANNEL_POLICY_BREDR_PREFERRED: 1,
  BT_CHANNEL_POLICY_AMP_PREFERRED: 2,
} as const;

/** The program's bytes as they are: for codecs such as mSBC. */
export const BT_VOICE_TRANSPARENT = 0x0003;
/** 16-bit samples, which the controller codes itself. */
export const BT_VOICE_CVSD_16BIT = 0x0060;

/** How voice is coded on the air: `setting` of BT_VOICE. */
export const btVoiceSettings = {
  BT_VOICE_TRANSPARENT,
  BT_VOICE_CVSD_16BIT,
} as const;

/** Radio layers and packet sizes, or-ed together: BT_PHY. */
export const btPhys = {
  BT_PHY_BR_1M_1SLOT: 0x00000001,
  BT_PHY_BR_1M_3SLOT: 0x00000002,
  BT_PHY_BR_1M_5SLOT: 0x00000004,
  BT_PHY_EDR_2M_1SLOT: 0x00000008,
  BT_PHY_EDR_2M_3SLOT: 0x00000010,
  BT_PHY_EDR_2M_5SLOT: 0x00000020,
  BT_PHY_EDR_3M_1SLOT: 0x00000040,
  BT_PHY_EDR_3M_3SLOT: 0x00000080,
  BT_PHY_EDR_3M_5SLOT: 0x00000100,
  BT_PHY_LE_1M_TX: 0x00000200,
  BT_PHY_LE_1M_RX: 0x00000400,
  BT_PHY_LE_2M_TX: 0x00000800,
  BT_PHY_LE_2M_RX: 0x00001000,
  BT_PHY_LE_CODED_TX: 0x00002000,
  BT_PHY_LE_CODED_RX: 0x00004000,
} as const;

export const BT_MODE_BASIC = 0x00;
/** Retransmits what was lost. */
export const BT_MODE_ERTM = 0x01;
export const BT_MODE_STREAMING = 0x02;
/** Low Energy, with credits. */
export const BT_MODE_LE_FLOWCTL = 0x03;
/** Low Energy, with credits, several channels in one request. */
export const BT_MODE_EXT_FLOWCTL = 0x04;

/** How an L2CAP channel moves data: BT_MODE. Other numbers than those of L2CAP_OPTIONS. */
export const btModes = {
  BT_MODE_BASIC,
  BT_MODE_ERTM,
  BT_MODE_STREAMING,
  BT_MODE_LE_FLOWCTL,
  BT_MODE_EXT_FLOWCTL,
} as const;

export const L2CAP_MODE_BASIC = 0x00;
export const L2CAP_MODE_RETRANS = 0x01;
export const L2CAP_MODE_FLOWCTL = 0x02;
export const L2CAP_MODE_ERTM = 0x03;
export const L2CAP_MODE_STREAMING = 0x04;

/** How an L2CAP channel moves data: `mode` of L2CAP_OPTIONS, with the numbers of the protocol. */
export const l2capModes = {
  L2CAP_MODE_BASIC,
  L2CAP_MODE_RETRANS,
  L2CAP_MODE_FLOWCTL,
  L2CAP_MODE_ERTM,
  L2CAP_MODE_STREAMING,
} as const;

/** What L2CAP_LM asks of the link. */
export const l2capLinkModes = {
  L2CAP_LM_MASTER: 0x0001,
  L2CAP_LM_AUTH: 0x0002,
  L2CAP_LM_ENCRYPT: 0x0004,
  L2CAP_LM_TRUSTED: 0x0008,
  L2CAP_LM_RELIABLE: 0x0010,
  L2CAP_LM_SECURE: 0x0020,
  L2CAP_LM_FIPS: 0x0040,
} as const;

/** What RFCOMM_LM asks of the link. */
export const rfcommLinkModes = {
  RFCOMM_LM_MASTER: 0x0001,
  RFCOMM_LM_AUTH: 0x0002,
  RFCOMM_LM_ENCRYPT: 0x0004,
  RFCOMM_LM_TRUSTED: 0x0008,
  RFCOMM_LM_RELIABLE: 0x0010,
  RFCOMM_LM_SECURE: 0x0020,
  RFCOMM_LM_FIPS: 0x0040,
} as const;

/** Radio layers of an isochronous stream: `phy` of BT_ISO_QOS. None: no stream in that direction. */
export const btIsoPhys = { BT_ISO_PHY_1M: 0x01, BT_ISO_PHY_2M: 0x02, BT_ISO_PHY_CODED: 0x04 } as const;

/** The controller chooses the group (CIG, CIS, BIG, BIS) of BT_ISO_QOS. */
export const BT_ISO_QOS_CIG_UNSET = 0xff;
export const BT_ISO_QOS_CIS_UNSET = 0xff;
export const BT_ISO_QOS_BIG_UNSET = 0xff;
export const BT_ISO_QOS_BIS_UNSET = 0xff;

/** Codecs that a controller may have: `id` of BT_CODEC. */
export const btCodecIds = { BT_CODEC_CVSD: 0x02, BT_CODEC_TRANSPARENT: 0x03, BT_CODEC_MSBC: 0x05 } as const;

/** The bit of each packet type in `type_mask` of HCI_FILTER. */
export const hciPacketTypes = {
  HCI_VENDOR_PKT: 1 << 0,
  HCI_COMMAND_PKT: 1 << 1,
  HCI_ACLDATA_PKT: 1 << 2,
  HCI_SCODATA_PKT: 1 << 3,
  HCI_EVENT_PKT: 1 << 4,
  HCI_ISODATA_PKT: 1 << 5,
} as const;

/** The bit of each event in `event_mask` of HCI_FILTER: its code; what is beyond 63 shares bits. */
export const hciEvents = {
  EVT_INQUIRY_COMPLETE: 0x01,
  EVT_INQUIRY_RESULT: 0x02,
  EVT_CONN_COMPLETE: 0x03,
  EVT_CONN_REQUEST: 0x04,
  EVT_DISCONN_COMPLETE: 0x05,
  EVT_AUTH_COMPLETE: 0x06,
  EVT_REMOTE_NAME_REQ_COMPLETE: 0x07,
  EVT_ENCRYPT_CHANGE: 0x08,
  EVT_CHANGE_CONN_LINK_KEY_COMPLETE: 0x09,
  EVT_MASTER_LINK_KEY_COMPLETE: 0x0a,
  EVT_READ_REMOTE_FEATURES_COMPLETE: 0x0b,
  EVT_READ_REMOTE_VERSION_COMPLETE: 0x0c,
  EVT_QOS_SETUP_COMPLETE: 0x0d,
  EVT_CMD_COMPLETE: 0x0e,
  EVT_CMD_STATUS: 0x0f,
  EVT_HARDWARE_ERROR: 0x10,
  EVT_FLUSH_OCCURRED: 0x11,
  EVT_ROLE_CHANGE: 0x12,
  EVT_NUM_COMP_PKTS: 0x13,
  EVT_MODE_CHANGE: 0x14,
  EVT_RETURN_LINK_KEYS: 0x15,
  EVT_PIN_CODE_REQ: 0x16,
  EVT_LINK_KEY_REQ: 0x17,
  EVT_LINK_KEY_NOTIFY: 0x18,
  EVT_LOOPBACK_COMMAND: 0x19,
  EVT_DATA_BUFFER_OVERFLOW: 0x1a,
  EVT_MAX_SLOTS_CHANGE: 0x1b,
  EVT_READ_CLOCK_OFFSET_COMPLETE: 0x1c,
  EVT_CONN_PTYPE_CHANGED: 0x1d,
  EVT_QOS_VIOLATION: 0x1e,
  EVT_PSCAN_REP_MODE_CHANGE: 0x20,
  EVT_FLOW_SPEC_COMPLETE: 0x21,
  EVT_INQUIRY_RESULT_WITH_RSSI: 0x22,
  EVT_READ_REMOTE_EXT_FEATURES_COMPLETE: 0x23,
  EVT_SYNC_CONN_COMPLETE: 0x2c,
  EVT_SYNC_CONN_CHANGED: 0x2d,
  EVT_SNIFF_SUBRATING: 0x2e,
  EVT_EXTENDED_INQUIRY_RESULT: 0x2f,
  EVT_ENCRYPTION_KEY_REFRESH_COMPLETE: 0x30,
  EVT_IO_CAPABILITY_REQUEST: 0x31,
  EVT_IO_CAPABILITY_RESPONSE: 0x32,
  EVT_USER_CONFIRM_REQUEST: 0x33,
  EVT_USER_PASSKEY_REQUEST: 0x34,
  EVT_REMOTE_OOB_DATA_REQUEST: 0x35,
  EVT_SIMPLE_PAIRING_COMPLETE: 0x36,
  EVT_LINK_SUPERVISION_TIMEOUT_CHANGED: 0x38,
  EVT_ENHANCED_FLUSH_COMPLETE: 0x39,
  EVT_USER_PASSKEY_NOTIFY: 0x3b,
  EVT_KEYPRESS_NOTIFY: 0x3c,
  EVT_REMOTE_HOST_FEATURES_NOTIFY: 0x3d,
  EVT_LE_META_EVENT: 0x3e,
  EVT_VENDOR: 0x3f,
} as const;
