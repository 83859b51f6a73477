from jukwaa.proposals.actions.calls import remove_call, save_call
