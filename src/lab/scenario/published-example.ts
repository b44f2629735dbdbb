/**
 * The configuration that the source's design document publishes (§3), byte for byte. Its hash rates sum to 90.
 *
 * @module
 */

/** Seven miners, one user, a block controller. */
export const PUBLISHED_EXAMPLE: string = `agents:
  user_agents:
    # Mining agents
    - daemon: "monerod"
      wallet: "monero-wallet-rpc"
      is_miner: true
      attributes:
        hashrate: "25"  # 25% of network hashrate
    - daemon: "monerod"
      wallet: "monero-wallet-rpc"
      is_miner: true
      attributes:
        hashrate: "25"  # 25% of network hashrate
    - daemon: "monerod"
      wallet: "monero-wallet-rpc"
      is_miner: true
      attributes:
        hashrate: "10"  # 10% of network hashrate
    - daemon: "monerod"
      wallet: "monero-wallet-rpc"
      is_miner: true
      attributes:
        hashrate: "10"  # 10% of network hashrate
    - daemon: "monerod"
      wallet: "monero-wallet-rpc"
      is_miner: true
      attributes:
        hashrate: "10"  # 10% of network hashrate
    - daemon: "monerod"
      wallet: "monero-wallet-rpc"
      is_miner: true
      attributes:
        hashrate: "5"   # 5% of network hashrate
    - daemon: "monerod"
      wallet: "monero-wallet-rpc"
      is_miner: true
      attributes:
        hashrate: "5"   # 5% of network hashrate
    
    # Regular user agents
    - daemon: "monerod"
      wallet: "monero-wallet-rpc"
      user_script: "agents.regular_user"
      attributes:
        transaction_interval: "60"
        min_transaction_amount: "0.5"
        max_transaction_amount: "2.0"

  block_controller:
    script: "agents.block_controller"
    arguments:
      - "--interval 120"  # Target block time in seconds
      - "--solo-miner-threshold 2"  # Percentage threshold for solo miners
`;
