// Sysctls of a network and IPC namespace of their own: what the kernel has there and which numbers it takes.
// Measured on Linux 6.18 in fresh namespaces by writing; `*` stands for an interface. Ranges that depend on HZ are left out.

export interface SysctlGroup {
  /** `text`: judged by no rule here; `readOnly`: not writable in such a namespace. */
  readonly kind: "integer" | "integers" | "text" | "readOnly";
  /** Of kind integer, both included; absent: any. */
  readonly range?: readonly [min: bigint, max: bigint];
  /** Names, split at blanks. */
  readonly names: string;
}

export const NAMESPACED_SYSCTLS: readonly SysctlGroup[] = [
  {
    kind: "integer",
    names: `
      net.ipv4.icmp_ratelimit net.ipv4.ipfrag_time net.ipv4.neigh.*.anycast_delay
      net.ipv4.neigh.*.base_reachable_time net.ipv4.neigh.*.base_reachable_time_ms
      net.ipv4.neigh.*.delay_first_probe_time net.ipv4.neigh.*.gc_stale_time
      net.ipv4.neigh.*.interval_probe_time_ms net.ipv4.neigh.*.locktime net.ipv4.neigh.*.proxy_delay
      net.ipv4.neigh.*.retrans_time net.ipv4.neigh.*.retrans_time_ms net.ipv4.route.mtu_expires
      net.ipv4.tcp_fin_timeout net.ipv4.tcp_invalid_ratelimit net.ipv4.tcp_keepalive_intvl
      net.ipv4.tcp_keepalive_time net.ipv6.conf.*.mldv1_unsolicited_report_interval
      net.ipv6.conf.*.mldv2_unsolicited_report_interval net.ipv6.conf.*.router_probe_interval
      net.ipv6.conf.*.router_solicitation_delay net.ipv6.conf.*.router_solicitation_interval
      net.ipv6.conf.*.router_solicitation_max_interval net.ipv6.icmp.ratelimit net.ipv6.idgen_delay
      net.ipv6.ioam6_id_wide net.ipv6.ip6frag_time net.ipv6.neigh.*.anycast_delay
      net.ipv6.neigh.*.base_reachable_time net.ipv6.neigh.*.base_reachable_time_ms
      net.ipv6.neigh.*.delay_first_probe_time net.ipv6.neigh.*.gc_stale_time
      net.ipv6.neigh.*.interval_probe_time_ms net.ipv6.neigh.*.locktime net.ipv6.neigh.*.proxy_delay
      net.ipv6.neigh.*.retrans_time_ms net.ipv6.route.gc_interval net.ipv6.route.gc_min_interval
      net.ipv6.route.gc_min_interval_ms net.ipv6.route.gc_timeout net.ipv6.route.mtu_expires
    `,
  },
  {
    kind: "integer",
    range: [-2147483648n, 2147483647n],
    names: `
      fs.mqueue.queues_max net.bridge.bridge-nf-call-arptables net.bridge.bridge-nf-call-ip6tables
      net.bridge.bridge-nf-call-iptables net.bridge.bridge-nf-filter-pppoe-tagged net.bridge.bridge-nf-
      filter-vlan-tagged net.bridge.bridge-nf-pass-vlan-input-dev net.core.xfrm_acq_expires
      net.core.xfrm_larval_drop net.ipv4.conf.*.accept_local net.ipv4.conf.*.accept_redirects
      net.ipv4.conf.*.accept_source_route net.ipv4.conf.*.arp_accept net.ipv4.conf.*.arp_announce
      net.ipv4.conf.*.arp_evict_nocarrier net.ipv4.conf.*.arp_filter net.ipv4.conf.*.arp_ignore
      net.ipv4.conf.*.arp_notify net.ipv4.conf.*.bc_forwarding net.ipv4.conf.*.bootp_relay
      net.ipv4.conf.*.disable_policy net.ipv4.conf.*.disable_xfrm net.ipv4.conf.*.drop_gratuitous_arp
      net.ipv4.conf.*.drop_unicast_in_l2_multicast net.ipv4.conf.*.force_igmp_version
      net.ipv4.conf.*.forwarding net.ipv4.conf.*.igmpv2_unsolicited_report_interval
      net.ipv4.conf.*.igmpv3_unsolicited_report_interval net.ipv4.conf.*.ignore_routes_with_linkdown
      net.ipv4.conf.*.log_martians net.ipv4.conf.*.medium_id net.ipv4.conf.*.promote_secondaries
      net.ipv4.conf.*.proxy_arp net.ipv4.conf.*.proxy_arp_pvlan net.ipv4.conf.*.route_localnet
      net.ipv4.conf.*.rp_filter net.ipv4.conf.*.secure_redirects net.ipv4.conf.*.send_redirects
      net.ipv4.conf.*.shared_media net.ipv4.conf.*.src_valid_mark net.ipv4.conf.*.tag
      net.ipv4.icmp_ratemask net.ipv4.igmp_max_memberships net.ipv4.igmp_max_msf net.ipv4.ip_forward
      net.ipv4.route.min_adv_mss net.ipv4.tcp_base_mss net.ipv4.tcp_challenge_ack_limit
      net.ipv4.tcp_fastopen net.ipv4.tcp_limit_output_bytes net.ipv4.tcp_max_syn_backlog
      net.ipv4.tcp_max_tw_buckets net.ipv4.tcp_probe_threshold net.ipv4.xfrm4_gc_thresh
      net.ipv6.conf.*.accept_dad net.ipv6.conf.*.accept_ra net.ipv6.conf.*.accept_ra_defrtr
      net.ipv6.conf.*.accept_ra_from_local net.ipv6.conf.*.accept_ra_min_hop_limit
      net.ipv6.conf.*.accept_ra_min_lft net.ipv6.conf.*.accept_ra_mtu net.ipv6.conf.*.accept_ra_pinfo
      net.ipv6.conf.*.accept_ra_rt_info_max_plen net.ipv6.conf.*.accept_ra_rt_info_min_plen
      net.ipv6.conf.*.accept_ra_rtr_pref net.ipv6.conf.*.accept_redirects
      net.ipv6.conf.*.accept_source_route net.ipv6.conf.*.autoconf net.ipv6.conf.*.dad_transmits
      net.ipv6.conf.*.disable_ipv6 net.ipv6.conf.*.disable_policy
      net.ipv6.conf.*.drop_unicast_in_l2_multicast net.ipv6.conf.*.drop_unsolicited_na
      net.ipv6.conf.*.enhanced_dad net.ipv6.conf.*.force_mld_version net.ipv6.conf.*.force_tllao
      net.ipv6.conf.*.forwarding net.ipv6.conf.*.ignore_routes_with_linkdown
      net.ipv6.conf.*.keep_addr_on_down net.ipv6.conf.*.max_addresses net.ipv6.conf.*.max_desync_factor
      net.ipv6.conf.*.ndisc_notify net.ipv6.conf.*.optimistic_dad net.ipv6.conf.*.proxy_ndp
      net.ipv6.conf.*.regen_max_retry net.ipv6.conf.*.regen_min_advance net.ipv6.conf.*.seg6_enabled
      net.ipv6.conf.*.seg6_require_hmac net.ipv6.conf.*.suppress_frag_ndisc
      net.ipv6.conf.*.temp_prefered_lft net.ipv6.conf.*.temp_valid_lft net.ipv6.conf.*.use_oif_addrs_only
      net.ipv6.conf.*.use_optimistic net.ipv6.conf.*.use_tempaddr net.ipv6.idgen_retries
      net.ipv6.max_dst_opts_length net.ipv6.max_dst_opts_number net.ipv6.max_hbh_length
      net.ipv6.max_hbh_opts_number net.ipv6.neigh.*.retrans_time net.ipv6.route.gc_elasticity
      net.ipv6.route.gc_thresh net.ipv6.route.max_size net.ipv6.route.min_adv_mss net.ipv6.seg6_flowlabel
      net.ipv6.xfrm6_gc_thresh net.unix.max_dgram_qlen
    `,
  },
  {
    kind: "integer",
    range: [-31n, 31n],
    names: "net.ipv4.tcp_adv_win_scale",
  },
  {
    kind: "integer",
    range: [-1n, 2147483647n],
    names: "net.ipv6.conf.*.router_solicitations",
  },
  {
    kind: "integer",
    range: [0n, 1n],
    names: `
      kernel.shm_rmid_forced net.core.tstamp_allow_data net.core.txrehash net.ipv4.fib_multipath_use_neigh
      net.ipv4.icmp_echo_enable_probe net.ipv4.icmp_echo_ignore_all net.ipv4.icmp_echo_ignore_broadcasts
      net.ipv4.icmp_errors_use_inbound_ifaddr net.ipv4.icmp_ignore_bogus_error_responses
      net.ipv4.ip_autobind_reuse net.ipv4.ip_forward_update_priority net.ipv4.nexthop_compat_mode
      net.ipv4.raw_l3mdev_accept net.ipv4.tcp_autocorking net.ipv4.tcp_backlog_ack_defer
      net.ipv4.tcp_ecn_fallback net.ipv4.tcp_l3mdev_accept net.ipv4.tcp_migrate_req
      net.ipv4.tcp_no_ssthresh_metrics_save net.ipv4.tcp_plb_enabled net.ipv4.tcp_reflect_tos
      net.ipv4.tcp_shrink_window net.ipv4.udp_l3mdev_accept net.ipv6.conf.*.force_forwarding
      net.ipv6.conf.*.ioam6_enabled net.ipv6.conf.*.ndisc_evict_nocarrier
      net.ipv6.conf.*.ra_honor_pio_life net.ipv6.conf.*.ra_honor_pio_pflag net.ipv6.conf.*.rpl_seg_enabled
      net.ipv6.icmp.error_anycast_as_unicast net.ipv6.route.skip_notify_on_dev_down
    `,
  },
  {
    kind: "integer",
    range: [0n, 2n],
    names: `
      net.ipv4.fib_notify_on_flag_change net.ipv4.tcp_ecn net.ipv4.tcp_ecn_option net.ipv4.tcp_tw_reuse
      net.ipv6.conf.*.accept_untracked_na net.ipv6.fib_notify_on_flag_change
    `,
  },
  {
    kind: "integer",
    range: [0n, 3n],
    names: `
      net.core.rps_default_mask net.ipv4.fib_multipath_hash_policy net.ipv4.tcp_ecn_option_beacon
      net.ipv6.auto_flowlabels net.ipv6.conf.*.addr_gen_mode net.ipv6.fib_multipath_hash_policy
    `,
  },
  {
    kind: "integer",
    range: [0n, 4n],
    names: "net.ipv4.tcp_early_retrans",
  },
  {
    kind: "integer",
    range: [0n, 7n],
    names: "net.ipv6.flowlabel_reflect",
  },
  {
    kind: "integer",
    range: [0n, 31n],
    names:
      "net.ipv4.tcp_app_win net.ipv4.tcp_plb_idle_rehash_rounds net.ipv4.tcp_plb_rehash_rounds",
  },
  {
    kind: "integer",
    range: [0n, 127n],
    names: "net.ipv4.tcp_syn_linear_timeouts",
  },
  {
    kind: "integer",
    range: [0n, 255n],
    names: `
      net.ipv4.fwmark_reflect net.ipv4.igmp_link_local_mcast_reports net.ipv4.ip_dynaddr
      net.ipv4.ip_early_demux net.ipv4.ip_forward_use_pmtu net.ipv4.ip_no_pmtu_disc
      net.ipv4.ip_nonlocal_bind net.ipv4.tcp_abort_on_overflow net.ipv4.tcp_comp_sack_nr
      net.ipv4.tcp_dsack net.ipv4.tcp_early_demux net.ipv4.tcp_fack net.ipv4.tcp_frto
      net.ipv4.tcp_fwmark_accept net.ipv4.tcp_keepalive_probes net.ipv4.tcp_moderate_rcvbuf
      net.ipv4.tcp_mtu_probing net.ipv4.tcp_no_metrics_save net.ipv4.tcp_orphan_retries
      net.ipv4.tcp_plb_suspend_rto_sec net.ipv4.tcp_recovery net.ipv4.tcp_retrans_collapse
      net.ipv4.tcp_retries1 net.ipv4.tcp_retries2 net.ipv4.tcp_rfc1337 net.ipv4.tcp_sack
      net.ipv4.tcp_slow_start_after_idle net.ipv4.tcp_stdurg net.ipv4.tcp_synack_retries
      net.ipv4.tcp_syncookies net.ipv4.tcp_thin_linear_timeouts net.ipv4.tcp_timestamps
      net.ipv4.tcp_tso_rtt_log net.ipv4.tcp_tso_win_divisor net.ipv4.tcp_window_scaling
      net.ipv4.tcp_workaround_signed_windows net.ipv4.udp_early_demux net.ipv6.anycast_src_echo_reply
      net.ipv6.bindv6only net.ipv6.conf.*.ndisc_tclass net.ipv6.flowlabel_consistency
      net.ipv6.flowlabel_state_ranges net.ipv6.fwmark_reflect net.ipv6.icmp.echo_ignore_all
      net.ipv6.icmp.echo_ignore_anycast net.ipv6.icmp.echo_ignore_multicast net.ipv6.ip_nonlocal_bind
    `,
  },
  {
    kind: "integer",
    range: [0n, 256n],
    names: "net.ipv4.tcp_plb_cong_thresh",
  },
  {
    kind: "integer",
    range: [0n, 1000n],
    names: "net.ipv4.tcp_pacing_ca_ratio net.ipv4.tcp_pacing_ss_ratio",
  },
  {
    kind: "integer",
    range: [0n, 32768n],
    names: "kernel.msgmni kernel.shmmni net.ipv4.ip_unprivileged_port_start",
  },
  {
    kind: "integer",
    range: [0n, 65535n],
    names: "net.ipv6.conf.*.ioam6_id",
  },
  {
    kind: "integer",
    range: [0n, 65536n],
    names: "net.ipv4.udp_child_hash_entries",
  },
  {
    kind: "integer",
    range: [0n, 86400n],
    names: "net.ipv4.tcp_min_rtt_wlen",
  },
  {
    kind: "integer",
    range: [0n, 1027504n],
    names: "net.ipv4.neigh.*.unres_qlen net.ipv6.neigh.*.unres_qlen",
  },
  {
    kind: "integer",
    range: [0n, 4194304n],
    names: "net.ipv4.ipfrag_low_thresh net.ipv6.ip6frag_low_thresh",
  },
  {
    kind: "integer",
    range: [0n, 16777215n],
    names: "net.ipv6.ioam6_id",
  },
  {
    kind: "integer",
    range: [0n, 16777216n],
    names: "net.ipv4.tcp_child_ehash_entries",
  },
  {
    kind: "integer",
    range: [0n, 17179869n],
    names: "net.ipv4.tcp_probe_interval",
  },
  {
    kind: "integer",
    range: [0n, 2147483647n],
    names: `
      kernel.msgmax kernel.msgmnb net.core.optmem_max net.core.somaxconn net.ipv4.icmp_msgs_burst
      net.ipv4.icmp_msgs_per_sec net.ipv4.ipfrag_max_dist net.ipv4.neigh.*.app_solicit
      net.ipv4.neigh.*.mcast_resolicit net.ipv4.neigh.*.mcast_solicit net.ipv4.neigh.*.proxy_qlen
      net.ipv4.neigh.*.ucast_solicit net.ipv4.neigh.*.unres_qlen_bytes
      net.ipv4.tcp_fastopen_blackhole_timeout_sec net.ipv6.neigh.*.app_solicit
      net.ipv6.neigh.*.mcast_resolicit net.ipv6.neigh.*.mcast_solicit net.ipv6.neigh.*.proxy_qlen
      net.ipv6.neigh.*.ucast_solicit net.ipv6.neigh.*.unres_qlen_bytes
    `,
  },
  {
    kind: "integer",
    range: [0n, 4294967295n],
    names: `
      net.core.xfrm_aevent_etime net.core.xfrm_aevent_rseqth net.ipv4.fib_multipath_hash_seed
      net.ipv4.tcp_notsent_lowat net.ipv6.conf.*.ioam6_id_wide
    `,
  },
  {
    kind: "integer",
    range: [0n, 18446744073709551615n],
    names:
      "kernel.shmall kernel.shmmax net.ipv4.tcp_comp_sack_delay_ns net.ipv4.tcp_comp_sack_slack_ns",
  },
  {
    kind: "integer",
    range: [1n, 127n],
    names: "net.ipv4.tcp_syn_retries",
  },
  {
    kind: "integer",
    range: [1n, 255n],
    names: `
      net.ipv4.ip_default_ttl net.ipv4.tcp_min_tso_segs net.ipv4.tcp_pingpong_thresh
      net.ipv6.conf.*.hop_limit
    `,
  },
  {
    kind: "integer",
    range: [1n, 300n],
    names: "net.ipv4.tcp_reordering",
  },
  {
    kind: "integer",
    range: [1n, 4095n],
    names: "net.ipv4.fib_multipath_hash_fields net.ipv6.fib_multipath_hash_fields",
  },
  {
    kind: "integer",
    range: [1n, 60000n],
    names: "net.ipv4.tcp_tw_reuse_delay",
  },
  {
    kind: "integer",
    range: [1n, 65536n],
    names: "fs.mqueue.msg_default fs.mqueue.msg_max",
  },
  {
    kind: "integer",
    range: [1n, 2147483647n],
    names: `
      net.ipv4.igmp_qrv net.ipv4.tcp_max_reordering net.ipv4.tcp_rto_min_us net.ipv4.udp_rmem_min
      net.ipv4.udp_wmem_min
    `,
  },
  {
    kind: "integer",
    range: [1n, 4294967295n],
    names: "net.ipv6.conf.*.ra_defrtr_metric",
  },
  {
    kind: "integer",
    range: [48n, 65535n],
    names: "net.ipv4.tcp_min_snd_mss net.ipv4.tcp_mtu_probe_floor",
  },
  {
    kind: "integer",
    range: [68n, 2147483647n],
    names: "net.ipv4.route.min_pmtu",
  },
  {
    kind: "integer",
    range: [128n, 16777216n],
    names: "fs.mqueue.msgsize_default fs.mqueue.msgsize_max",
  },
  {
    kind: "integer",
    range: [1000n, 120000n],
    names: "net.ipv4.tcp_rto_max_ms",
  },
  {
    kind: "integer",
    range: [1280n, 2147483647n],
    names: "net.ipv6.conf.*.mtu",
  },
  {
    kind: "integer",
    range: [3145728n, 18446744073709551615n],
    names: "net.ipv4.ipfrag_high_thresh net.ipv6.ip6frag_high_thresh",
  },
  {
    kind: "integers",
    names: `
      kernel.sem net.ipv4.ip_local_port_range net.ipv4.ping_group_range net.ipv4.tcp_rmem
      net.ipv4.tcp_wmem
    `,
  },
  {
    kind: "text",
    names: `
      net.ipv4.ip_local_reserved_ports net.ipv4.route.flush net.ipv4.tcp_congestion_control
      net.ipv4.tcp_fastopen_key net.ipv6.conf.*.stable_secret net.ipv6.icmp.ratemask net.ipv6.route.flush
    `,
  },
  {
    kind: "readOnly",
    names: `
      net.core.rmem_default net.core.rmem_max net.core.wmem_default net.core.wmem_max
      net.ipv4.conf.*.mc_forwarding net.ipv4.tcp_allowed_congestion_control
      net.ipv4.tcp_available_congestion_control net.ipv4.tcp_ehash_entries net.ipv4.udp_hash_entries
      net.ipv6.conf.*.mc_forwarding
    `,
  },
];
